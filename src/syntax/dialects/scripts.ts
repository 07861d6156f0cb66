import * as t from "../../../grammar/tokens.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic, Fix } from "../../diagnostics/diagnostic.ts";
import { writeScript } from "./write-script.ts";
import { beginsDeclaration, imageAt, isType, type Script } from "./script.ts";

export const foreignScript = defineDiagnostic(
  "foreign-script",
  "error",
  "The file is a script of Keras, PyTorch or TensorFlow.js, or what one of them has written.",
  (at: { found: string; help: string; fix?: Fix | undefined }) => ({
    message: `This is ${at.found}, not a model file`,
    help: at.help,
    ...(at.fix === undefined ? {} : { fix: at.fix }),
  }),
  () => ({
    meaning:
      "A model file holds the models alone, as model Name { ... }: their layers one after the other, without imports, calls or training. A model that has been trained is imported: layerc import model.keras.",
    example: { kind: "source", source: "model = keras.Sequential([keras.layers.Dense(3, input_shape=(4,))])" },
  }),
);

const save = "or save the model and import it: layerc import model.keras";

/** What there is to do where nobody says what the layers are. */
export const layersInOrder =
  "write its layers in the order in which they are applied, as model Name { input [4] Dense(16, activation=relu) ... }";

/**
 * What a file is that holds no model of this language, but one of another; undefined for any other. What a script of Python is
 * as a model, its importer knows (`importers/mend-script.ts`).
 */
export function findScript(script: Script): Diagnostic | undefined {
  const kind = kindOf(script);
  if (kind === undefined) return undefined;
  const { file, text } = script;
  const start = script.tokens[0]?.startOffset ?? 0;
  const lineEnd = text.indexOf("\n", start);
  const span = { file, start, end: lineEnd < 0 ? text.trimEnd().length : lineEnd };
  if (kind.help !== undefined) return foreignScript(span, { found: kind.found, help: kind.help });
  const written = kind.isJavaScript === true ? writeScript(script) : undefined;
  const isShort = written !== undefined && written.line.length <= 400;
  const form = isShort ? `write ${written.line}` : layersInOrder;
  const edits = [{ span: { file, start: 0, end: text.length }, text: written?.text ?? "" }];
  const fix = written?.hasInput === true ? { title: "Write it as a model", edits } : undefined;
  return foreignScript(span, { found: kind.found, help: `${form}, ${kind.other ?? save}`, fix });
}

interface Kind {
  readonly found: string;
  /** What to do, where the layers can't be read off. */
  readonly help?: string;
  /** What else there is to do. */
  readonly other?: string;
  readonly isJavaScript?: true;
}

function kindOf(script: Script): Kind | undefined {
  const { text, tokens } = script;
  const hasModel = tokens.some(
    ({ image }, at) =>
      image === "model" &&
      beginsDeclaration(script, at) &&
      isType(script, at + 1, t.Identifier) &&
      !isType(script, at + 2, t.Unknown),
  );
  if (hasModel) return undefined;
  if (/^\s*[{[]\s*(?:[{[]\s*)*"[^"\n]*"\s*:/.test(text)) {
    if (!/"(?:class_name|config|modelTopology)"\s*:/.test(text)) return { found: "JSON", help: layersInOrder };
    const help = "save it as model.json and import it: layerc import model.json";
    return { found: "the configuration of a Keras model", help };
  }
  if (/\bLayer \(type\)/.test(text)) {
    const help = `write the layers in the body of a model, model Name { input [4] Dense(16) ... }, ${save}`;
    return { found: "the summary of a Keras model", help };
  }
  if (/\bnn\.(?:Sequential|Module|Linear)\b|\btorch\b/.test(text)) {
    const other = "and save the weights with safetensors.torch.save_file(model.state_dict(), ...)";
    return { found: "a script of PyTorch", other };
  }
  if (/\btf\.(?:sequential|model|layers)\b\s*[.(]/.test(text) && !/\btf\.keras\b/.test(text)) {
    const other = "or save the model and import it: layerc import model.json";
    return { found: "a script of TensorFlow.js", other, isJavaScript: true };
  }
  const isKeras =
    /\b(?:Sequential|Model)\s*\(|\.add\s*\(|\(\s*(?:keras\.)?Model\s*\)|\bkeras\.(?:Input|layers|Sequential|Model)\b/.test(
      text,
    ) &&
    tokens.some(({ image }, at) => isAssigned(script, at) || image === "class" || image === "def" || image === "add");
  return isKeras ? { found: "a script of Keras" } : undefined;
}

/** Whether an assignment begins at `index`. */
function isAssigned(script: Script, index: number): boolean {
  return (
    beginsDeclaration(script, index) && isType(script, index + 1, t.Equals) && /^[A-Za-z_]/.test(imageAt(script, index))
  );
}
