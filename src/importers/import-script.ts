import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { isObject, ownString, ownValue, parseJson, type JsonValue } from "../files/json.ts";
import { fail } from "../files/read-failure.ts";
import { baseName } from "../model-formats/base-name.ts";
import type { Source } from "../syntax/source.ts";
import { readSafely } from "../weights/read-weight-file.ts";
import { failureDiagnostic } from "./failure-diagnostic.ts";
import { translateScript, type ScriptChoice } from "./translate-script.ts";

export interface ImportScriptOptions {
  /** The name of the model: an identifier that begins with a capital letter. By default from the script. */
  readonly name?: string;
  /** The variable that holds the model, or the function that makes it, where a script has several. */
  readonly model?: string;
  /** The layer that gives the output; by default the last. */
  readonly output?: string;
}

/** The model of a script: the file that it becomes. */
export interface ImportedScript {
  /** As declared: `Digits`. */
  readonly name: string;
  /** What the file is called: `digits` for `digits.layers`. */
  readonly stem: string;
  /** The text of the `.layers` file, without a weights clause. */
  readonly source: string;
}

export interface ScriptImport {
  /** Absent when a diagnostic is an error. */
  readonly value?: ImportedScript;
  readonly diagnostics: readonly Diagnostic[];
  /** The texts diagnostics point into: the script, or the cells of a notebook, and the model. */
  readonly sources: readonly Source[];
}

/**
 * Imports the model that a script of Keras makes, without weights: a `.py` file or a Jupyter notebook. Nothing of it is run.
 * Never throws for any content.
 */
export async function importScript(
  content: Uint8Array | string,
  path: string,
  { name, model, output }: ImportScriptOptions = {},
): Promise<ScriptImport> {
  const read = await readSafely(async () => ({ sources: sourcesOf(content, path) }));
  if (!read.ok) {
    return { diagnostics: [failureDiagnostic(read.failure, { file: path, start: 0, end: 0 })], sources: [] };
  }
  const { sources } = read;
  const choice: ScriptChoice = {
    fallback: baseName(path).replace(/\.\w+$/, ""),
    ...(name === undefined ? {} : { name }),
    ...(model === undefined ? {} : { variable: model }),
    ...(output === undefined ? {} : { output }),
  };
  const { value, diagnostics } = await translateScript(sources, choice);
  if (value === undefined) return { diagnostics, sources };
  const { text, checked, stem } = value;
  return {
    value: { name: value.name, stem, source: text },
    diagnostics: [...diagnostics, ...checked],
    sources: [...sources, { path: `${stem}.layers`, text }],
  };
}

/** The text of a script, or the cells of a notebook that hold Python. */
function sourcesOf(content: Uint8Array | string, path: string): readonly Source[] {
  const text = typeof content === "string" ? content : decode(content);
  if (!/\.ipynb$/i.test(path)) return [{ path, text }];
  const notebook = parseJson(text, "the notebook");
  const cells = isObject(notebook) ? ownValue(notebook, "cells") : undefined;
  if (!isObject(notebook) || !Array.isArray(cells))
    return fail("damaged", "it is no notebook: it has no list of cells");
  const language = languageOf(notebook);
  if (language !== undefined && language !== "python") {
    return fail("unsupported", `the notebook is of ${language.slice(0, 20)}, not of Python`);
  }
  return (cells as readonly JsonValue[]).flatMap((cell, at): readonly Source[] => {
    const code = codeOf(cell);
    return code === undefined ? [] : [{ path: `${path} (cell ${at + 1})`, text: code }];
  });
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return fail("damaged", "it is not UTF-8 text");
  }
}

function languageOf(notebook: JsonValue): string | undefined {
  const metadata = isObject(notebook) ? ownValue(notebook, "metadata") : undefined;
  const kernel = isObject(metadata) ? ownValue(metadata, "kernelspec") : undefined;
  return isObject(kernel) ? ownString(kernel, "language") : undefined;
}

/** The text of a cell of Python; undefined for any other, such as one that `%%bash` begins. */
function codeOf(cell: JsonValue): string | undefined {
  if (!isObject(cell) || ownString(cell, "cell_type") !== "code") return undefined;
  const source = ownValue(cell, "source");
  const lines = Array.isArray(source) ? (source as readonly JsonValue[]) : [source];
  const text = lines.filter((line) => typeof line === "string").join("");
  return /^\s*%%(?!time\b|timeit\b|capture\b|prun\b)/.test(text) ? undefined : text;
}
