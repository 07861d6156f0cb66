import type { Analysis } from "../../src/language-service/analysis.ts";
import { analyze } from "../../src/language-service/analyze.ts";
import type { Surroundings } from "../../src/language-service/surroundings.ts";
import type { Host } from "../../src/load/host.ts";
import { parseSource } from "../../src/syntax/parse-source.ts";
import { readWeightFile } from "../../src/weights/read-weight-file.ts";

/** The file that questions are about. */
export const path = "main.layers";

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A text that is held open, with the offset of its mark `<|>`, if it has one. */
export interface OpenText {
  readonly analysis: Analysis;
  readonly text: string;
  readonly offset: number;
  readonly surroundings: Surroundings;
  readonly host: Host;
}

/** Opens `main.layers` with a text whose `<|>` marks an offset; `files` lie beside it, by name without `./`. */
export async function open(marked: string, files: Files = {}): Promise<OpenText> {
  const offset = marked.indexOf("<|>");
  const text = offset < 0 ? marked : marked.slice(0, offset) + marked.slice(offset + 3);
  const host = hostOf(files);
  const analysis = await analyze({ path, text }, host);
  return { analysis, text, offset: offset < 0 ? 0 : offset, surroundings: surroundingsOf(files, text), host };
}

function hostOf(files: Files): Host {
  const missing = { ok: false, reason: "no such file" } as const;
  return {
    resolve: (_, relative) => relative.replace(/^\.\//, ""),
    async readText(name) {
      const content = files[name];
      return typeof content === "string" ? { ok: true, content } : missing;
    },
    async readBytes(name) {
      const content = files[name];
      return content === undefined || typeof content === "string" ? missing : { ok: true, content };
    },
  };
}

function surroundingsOf(files: Files, text: string): Surroundings {
  const names = [...Object.keys(files), path];
  return {
    async list(_, folder) {
      const prefix = folder.replace(/^\.\//, "");
      const below = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
      return [...new Set(below.map((name) => name.replace(/\/.*/, "/")))];
    },
    async files() {
      const texts = [...Object.entries(files), [path, text] as const];
      return texts.flatMap(([name, content]) =>
        typeof content === "string" && name.endsWith(".layers")
          ? [parseSource({ path: name, text: content }).value]
          : [],
      );
    },
    async weightFile(_, relative) {
      const name = relative.replace(/^\.\//, "");
      const content = files[name];
      if (content === undefined || typeof content === "string") return undefined;
      const read = await readWeightFile(content, name);
      return read.ok ? read.file : undefined;
    },
  };
}
