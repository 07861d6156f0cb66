import { checkProgram } from "../../src/check/check-program.ts";
import type { Model } from "../../src/check/model.ts";
import type { SemanticIndex } from "../../src/check/semantics/semantic-index.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import type { Host } from "../../src/load/host.ts";
import { load } from "../../src/load/load.ts";

/** What checking a text gives: syntax and import errors, then the checker's. */
export interface CheckedText {
  readonly models: readonly Model[];
  readonly index: SemanticIndex;
  readonly diagnostics: readonly Diagnostic[];
  /** Of all files, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Loads and checks `main.layers` with this text; `files` are what it can import, by name without `./`. */
export async function checkText(text: string, files: Readonly<Record<string, string>> = {}): Promise<CheckedText> {
  const texts = new Map([...Object.entries(files), ["main.layers", text] as const]);
  const host: Host = {
    resolve: (_from, relative) => relative.replace(/^\.\//, ""),
    readText: async (path) => {
      const content = texts.get(path);
      return content === undefined ? { ok: false, reason: "no such file" } : { ok: true, content };
    },
    readBytes: async () => ({ ok: false, reason: "no such file" }),
  };
  const loaded = await load({ path: "main.layers", text }, host);
  const { value, diagnostics } = checkProgram(loaded.program, loaded.diagnostics);
  return { models: value.models, index: value.index, diagnostics: [...loaded.diagnostics, ...diagnostics], texts };
}

/** The only model of a text that must be free of errors. */
export async function checkedModel(text: string): Promise<Model> {
  const { models, diagnostics } = await checkText(text);
  const model = models.at(-1);
  if (diagnostics.length > 0 || model === undefined) {
    throw new Error(`the text has errors: ${diagnostics.map(({ message }) => message).join("; ")}`);
  }
  return model;
}
