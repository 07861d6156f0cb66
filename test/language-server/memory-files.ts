import type { FileSystem } from "../../src/node/file-system.ts";

/** Files by their absolute paths. */
export type MemoryFiles = Map<string, string | Uint8Array>;

/** A file system that has only these files and can only be read. */
export function memoryFileSystem(files: MemoryFiles): FileSystem {
  const refuse = (): never => {
    throw new Error("the language server does not write");
  };
  return {
    kind: (path) => (files.has(path) ? "file" : undefined),
    read(path) {
      const content = files.get(path);
      if (content === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
      return typeof content === "string" ? new TextEncoder().encode(content) : content;
    },
    pieces: refuse,
    makeFolder: refuse,
    writeNew: refuse,
    append: refuse,
    rename: refuse,
    link: refuse,
    remove: refuse,
    removeEmptyFolder: refuse,
    realPath: (path) => path,
    list: () => [],
    entries(folder) {
      const inside = [...files.keys()]
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1));
      const names = new Set(inside.map((path) => path.split("/", 1)[0] as string));
      return [...names].map((name) => ({ name, kind: inside.includes(name) ? "file" : "folder" }));
    },
    state(path) {
      const content = files.get(path);
      return content === undefined ? undefined : { modified: 0, bytes: content.length, stamp: String(content.length) };
    },
    touch: refuse,
  };
}
