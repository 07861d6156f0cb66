import path from "node:path";
import type { Host, HostFile } from "../load/host.ts";
import { describeFileError } from "./file-error.ts";
import type { FileSystem } from "./file-system.ts";
import { displayPath } from "./paths.ts";
import { digestOf, stampOf, type ReadLog } from "./read-log.ts";

/**
 * How the compiler reaches files under Node. Its paths are those of `displayPath`. `log` hears of every file that is read
 * or looked for.
 */
export function createNodeHost(cwd: string, files: FileSystem, log?: ReadLog): Host {
  const read = (file: string): HostFile<Uint8Array> => {
    const full = path.resolve(cwd, file);
    // Before the content: what is written meanwhile has another stamp then.
    const stamp = log === undefined ? undefined : stampOf(full, files);
    const found = readFile(full, files);
    if (log !== undefined && !log.has(file)) {
      log.set(file, { stamp, digest: found.ok ? digestOf(found.content) : undefined });
    }
    return found;
  };

  return {
    resolve: (from, relative) => displayPath(cwd, path.resolve(cwd, path.dirname(from), relative)),
    readBytes: async (file) => read(file),
    async readText(file) {
      const bytes = read(file);
      return bytes.ok ? decodeText(bytes.content) : bytes;
    },
  };
}

function readFile(full: string, files: FileSystem): HostFile<Uint8Array> {
  try {
    const kind = files.kind(full);
    if (kind === "folder") return { ok: false, reason: "is a folder" };
    if (kind === "other") return { ok: false, reason: "is not a regular file" };
    return { ok: true, content: files.read(full) };
  } catch (error) {
    return { ok: false, reason: describeFileError(error) };
  }
}

/** The text of bytes in UTF-8, with or without a byte order mark. */
export function decodeText(bytes: Uint8Array): HostFile<string> {
  try {
    return { ok: true, content: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    const [first, second] = bytes;
    const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    return { ok: false, reason: utf16 ? "is UTF-16 text, not UTF-8" : "is not UTF-8 text" };
  }
}
