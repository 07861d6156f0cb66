import path from "node:path";
import type { Host, HostFile } from "../load/host.ts";
import { describeFileError } from "./file-error.ts";
import type { FileSystem } from "./file-system.ts";
import { displayPath } from "./paths.ts";

/** How the compiler reaches files under Node. Its paths are those of `displayPath`. */
export function createNodeHost(cwd: string, files: FileSystem): Host {
  const read = (file: string): HostFile<Uint8Array> => {
    try {
      const full = path.resolve(cwd, file);
      const kind = files.kind(full);
      if (kind === "folder") return { ok: false, reason: "is a folder" };
      if (kind === "other") return { ok: false, reason: "is not a regular file" };
      return { ok: true, content: files.read(full) };
    } catch (error) {
      return { ok: false, reason: describeFileError(error) };
    }
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

/** UTF-8, with or without a byte order mark. */
function decodeText(bytes: Uint8Array): HostFile<string> {
  try {
    return { ok: true, content: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    const [first, second] = bytes;
    const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    return { ok: false, reason: utf16 ? "is UTF-16 text, not UTF-8" : "is not UTF-8 text" };
  }
}
