import { mapLines } from "../diagnostics/line-map.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { scriptWithoutModel } from "../keras-scripts/diagnostics.ts";
import { scriptSyntax } from "../python/diagnostics.ts";
import { foreignScript, layersInOrder } from "../syntax/dialects/scripts.ts";
import type { Source } from "../syntax/source.ts";
import { pythonToLayers, type PythonTranslation } from "./python-to-layers.ts";

/** What only says that a text is no Python, or none with a model. */
const saysNothing: ReadonlySet<string> = new Set([scriptSyntax, scriptWithoutModel].map(({ code }) => code));

/** A longer line is no help. */
const longestLine = 400;

/**
 * What is said of a model file that is a script of Python (`foreign-script`), with the model that it makes, and a fix that writes
 * it; or with the reason why nobody can tell. Any other diagnostic is given as it is.
 */
export async function mendScript(diagnostic: Diagnostic, { path, text }: Source): Promise<Diagnostic> {
  const { code, fix, help = "" } = diagnostic;
  if (code !== foreignScript.code || fix !== undefined || !help.includes(layersInOrder)) return diagnostic;
  const whole = await pythonToLayers(text, { path });
  // Without an input it is a part of a file only.
  const part = whole.text ?? bodyOf(await pythonToLayers(text, { path, into: "body" }));
  if (part === undefined) {
    const [first] = whole.errors;
    if (first?.span === undefined || saysNothing.has(first.code)) return diagnostic;
    const { line } = mapLines(text).position(first.span.start);
    const message = first.message.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
    return { ...diagnostic, help: `${help}; line ${line} is in the way of a translation: ${message}` };
  }
  const line = part.trim().replaceAll(/\s+/g, " ");
  const told = line.length > longestLine ? help : help.replace(layersInOrder, () => `write ${line}`);
  if (whole.text === undefined) return { ...diagnostic, help: told };
  const edits = [{ span: { file: path, start: 0, end: text.length }, text: whole.text }];
  return { ...diagnostic, help: told, fix: { title: conversionTitle(diagnostic.message), edits } };
}

/** `Convert Keras code to Layers`, for Python that is called so or says so. */
export function conversionTitle(said: string): string {
  return `Convert ${/torch|\bnn\./i.test(said) ? "PyTorch" : "Keras"} code to Layers`;
}

function bodyOf({ text }: PythonTranslation): string | undefined {
  return text === undefined ? undefined : `model Network { ${text} }`;
}
