import { readdirSync, readFileSync } from "node:fs";
import type { Host, HostFile } from "../../src/load/host.ts";

const folder = new URL("../../examples/", import.meta.url);

/** The example models and their weight files, by name. */
export const exampleFiles: ReadonlyMap<string, Uint8Array> = new Map(
  readdirSync(folder)
    .filter((name) => /\.(layers|keras)$/.test(name))
    .map((name) => [name, new Uint8Array(readFileSync(new URL(name, folder)))]),
);

/** The texts of the example models, by name. */
export const exampleTexts: ReadonlyMap<string, string> = new Map(
  [...exampleFiles]
    .filter(([name]) => name.endsWith(".layers"))
    .map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]),
);

/** A host with some files, in one folder. */
export function hostOf(files: ReadonlyMap<string, Uint8Array>): Host {
  const read = (path: string): HostFile<Uint8Array> => {
    const content = files.get(path);
    return content === undefined ? { ok: false, reason: "no such file" } : { ok: true, content };
  };
  return {
    resolve: (_from, relative) => relative.replace(/^\.\//, ""),
    readBytes: async (path) => read(path),
    async readText(path) {
      const file = read(path);
      return file.ok ? { ok: true, content: new TextDecoder().decode(file.content) } : file;
    },
  };
}
