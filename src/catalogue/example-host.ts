import type { Host } from "../load/host.ts";

/** A host of the files of an example, all in one folder. */
export function exampleHost(files: Readonly<Record<string, string>>): Host {
  const read = (path: string) => {
    const content = Object.hasOwn(files, path) ? files[path] : undefined;
    return content === undefined ? ({ ok: false, reason: "no such file" } as const) : ({ ok: true, content } as const);
  };
  return {
    resolve: (_, relative) => relative.replace(/^\.\//, ""),
    readText: async (path) => read(path),
    readBytes: async (path) => {
      const file = read(path);
      return file.ok ? { ok: true, content: new TextEncoder().encode(file.content) } : file;
    },
  };
}
