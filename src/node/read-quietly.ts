import type { FileSystem } from "./file-system.ts";
import { maxOutputBytes } from "./limits.ts";

/** The content of a file, by its absolute path; undefined where there is none, or none that can be read. */
export function readQuietly(file: string, files: FileSystem): Uint8Array | undefined {
  try {
    return files.kind(file) === "file" ? files.read(file, maxOutputBytes) : undefined;
  } catch {
    return undefined;
  }
}
