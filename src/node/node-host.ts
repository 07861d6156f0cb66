import path from "node:path";
import { formatCount } from "../diagnostics/format-count.ts";
import type { Host, HostFile } from "../load/host.ts";
import { describeFileError } from "./file-error.ts";
import type { FileSystem } from "./file-system.ts";
import { maxBinaryBytes, maxTextBytes } from "./limits.ts";
import { displayPath } from "./paths.ts";
import { digestOf, stampOf, type ReadLog } from "./read-log.ts";

/**
 * How the compiler reaches files under Node. Its paths are those of `displayPath`. `log` hears of every file that is read
 * or looked for.
 */
export function createNodeHost(cwd: string, files: FileSystem, log?: ReadLog): Host {
  const read = (file: string, most: number): HostFile<Uint8Array> => {
    const full = path.resolve(cwd, file);
    // Before the content: what is written meanwhile has another stamp then.
    const stamp = log === undefined ? undefined : stampOf(full, files);
    const found = readFile(full, most, files);
    if (log !== undefined && !log.has(file)) {
      log.set(file, { stamp, digest: found.ok ? digestOf(found.content) : undefined });
    }
    return found;
  };

  return {
    resolve: (from, relative) => displayPath(cwd, path.resolve(cwd, path.dirname(from), relative)),
    readBytes: async (file, most = maxBinaryBytes) => read(file, Math.min(most, maxBinaryBytes)),
    async readText(file) {
      const bytes = read(file, maxTextBytes);
      return bytes.ok ? decodeText(bytes.content) : bytes;
    },
    namesBeside: async (file) => namesBeside(path.resolve(cwd, file), files),
  };
}

/** What is beside a file that is not there; nothing where that can't be told. */
export function namesBeside(full: string, files: FileSystem): readonly string[] {
  try {
    return files.entries(path.dirname(full)).flatMap(({ name, kind }) => (kind === "folder" ? [] : [name]));
  } catch {
    return [];
  }
}

function readFile(full: string, most: number, files: FileSystem): HostFile<Uint8Array> {
  try {
    return { ok: true, content: files.read(full, most) };
  } catch (error) {
    return { ok: false, reason: describeFileError(error) };
  }
}

/** The text of bytes in UTF-8, with or without a byte order mark. */
export function decodeText(bytes: Uint8Array): HostFile<string> {
  if (bytes.length > maxTextBytes) {
    return { ok: false, reason: `has more than the ${formatCount(maxTextBytes)} bytes that are read of a text` };
  }
  try {
    return { ok: true, content: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    const [first, second] = bytes;
    const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    return { ok: false, reason: utf16 ? "is UTF-16 text, not UTF-8" : "is not UTF-8 text" };
  }
}
