import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Host } from "../load/host.ts";
import type { Source } from "../syntax/source.ts";
import { isTrainedFile } from "../model-formats/file-names.ts";
import { inputMissing, type Input } from "./inputs.ts";

export const inputNotUtf8 = defineDiagnostic<{ file: string; reason: string }>(
  "input-not-utf8",
  "error",
  "A model file is not UTF-8 text.",
  ({ file, reason }) => ({ message: `'${file}' ${reason}`, help: "save it as UTF-8" }),
  () => ({
    meaning: "A model file is text in UTF-8. This one is in another encoding, or no text.",
    example: {
      kind: "situation",
      text: "digits.layers was saved as UTF-16 by an editor.",
      arguments: { file: "digits.layers", reason: "is UTF-16 text, not UTF-8" },
      mended: "digits.layers is saved as UTF-8.",
    },
  }),
);

/** An input with its text; that of a trained file is an `ImportedSource`. */
export interface LoadedInput extends Input {
  readonly source: Source;
}

/**
 * Reads all model files before any is compiled, and imports those that are trained. One that can't be read is a problem of
 * the command line; what can't be imported is said when the source is compiled.
 */
export async function loadSources(inputs: readonly Input[], host: Host): Promise<Checked<readonly LoadedInput[]>> {
  const value: LoadedInput[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const input of inputs) {
    if (isTrainedFile(input.path)) {
      const { importSource } = await import("../importers/index.ts");
      value.push({ ...input, source: await importSource(input.path, { host, ...input.trained }) });
      continue;
    }
    const read = await host.readText(input.path);
    if (read.ok) value.push({ ...input, source: { path: input.path, text: read.content } });
    else diagnostics.push(unreadText(input.path, read.reason));
  }
  return { value, diagnostics };
}

/** Why there is no text of a model file, for the reason that a host or `decodeText` gives. */
export function unreadText(file: string, reason: string): Diagnostic {
  const problem = /UTF/.test(reason) ? inputNotUtf8 : inputMissing;
  return problem(undefined, { file, reason });
}
