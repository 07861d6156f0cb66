import path from "node:path";
import type { FileSystem } from "../../src/node/file-system.ts";

/** A file system of some files in one folder, `/p`. Counts what is asked of it. */
export function memoryFiles(
  given: Readonly<Record<string, string | Uint8Array>>,
): FileSystem & { readonly work: { calls: number } } {
  const contents = new Map<string, Uint8Array>();
  for (const [name, content] of Object.entries(given)) {
    contents.set(`/p/${name}`, typeof content === "string" ? new TextEncoder().encode(content) : content);
  }
  const work = { calls: 0 };
  const isFolder = (name: string): boolean =>
    name === "/" || [...contents.keys()].some((file) => file.startsWith(`${name}/`));
  const namesIn = (folder: string): readonly string[] => [
    ...new Set(
      [...contents.keys()]
        .filter((file) => file.startsWith(`${folder}/`))
        .map((file) => file.slice(folder.length + 1).split("/")[0] as string),
    ),
  ];
  const kind = (name: string): "file" | "folder" | undefined => {
    work.calls++;
    return contents.has(name) ? "file" : isFolder(name) ? "folder" : undefined;
  };
  const missing = (): never => {
    throw Object.assign(new Error("ENOENT"), { code: "ENOENT" });
  };
  return {
    work,
    kind,
    read(name) {
      work.calls++;
      return contents.get(name) ?? missing();
    },
    *pieces(name) {
      yield this.read(name, 0);
    },
    makeFolder: () => undefined,
    writeNew: (name, content) => void contents.set(name, content),
    append: (name, content) => void contents.set(name, Buffer.concat([contents.get(name) ?? missing(), content])),
    rename(from, to) {
      contents.set(to, contents.get(from) ?? missing());
      contents.delete(from);
    },
    link: (name, other) => void contents.set(other, contents.get(name) ?? missing()),
    remove: (name) => void contents.delete(name),
    removeEmptyFolder: () => undefined,
    realPath: (name) => path.resolve(name),
    list: namesIn,
    entries: (folder) =>
      namesIn(folder).map((name) => ({ name, kind: contents.has(`${folder}/${name}`) ? "file" : "folder" })),
    state(name) {
      const content = contents.get(name);
      return content && { modified: 0, bytes: content.length, stamp: String(content.length) };
    },
    touch: () => undefined,
  };
}
