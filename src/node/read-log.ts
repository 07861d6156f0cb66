import { createHash } from "node:crypto";
import path from "node:path";
import type { FileSystem } from "./file-system.ts";

/** What was found when a file was first read; both are undefined where none could be read. */
export interface FileRead {
  /** Of the file before it was read, as in `FileState`. */
  readonly stamp: string | undefined;
  /** Of its content. */
  readonly digest: string | undefined;
}

/** All files that were read or looked for on behalf of one model file, by path as in `displayPath`. */
export type ReadLog = Map<string, FileRead>;

/** SHA-256, as short as a text can hold it. */
export function digestOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("base64url");
}

/** The stamp of what lies at a path now; undefined where nothing does, or nothing that can be reached. */
export function stampOf(file: string, files: FileSystem): string | undefined {
  try {
    return files.state(file)?.stamp;
  } catch {
    // Reading it says why.
    return undefined;
  }
}

/** The first file that is not any more what it was when it was read: it was written, removed or made since. */
export function changedSinceRead(log: ReadLog, cwd: string, files: FileSystem): string | undefined {
  for (const [file, read] of log) {
    if (stampOf(path.resolve(cwd, file), files) !== read.stamp) return file;
  }
  return undefined;
}
