import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { translateScript, type ScriptChoice } from "./translate-script.ts";

export interface PythonToLayersOptions {
  /** What spans call the text; by default `pasted.py`. */
  readonly path?: string;
  /** The name of the model; by default its author's, or that of its variable, else `Network`. */
  readonly name?: string;
  /** The variable of the script that holds the model, where it makes several. */
  readonly model?: string;
  /** Names that the file declares into which the model goes. */
  readonly taken?: readonly string[];
  /**
   * `file` (the default): declarations, which make a file. `body`: the statements for the body of a model, with numbers in place
   * of named constants and the layers of nested models in their places.
   */
  readonly into?: "file" | "body";
  /** Whether a body gets the clause of its input, where the script says one; by default it does. */
  readonly withInput?: boolean;
}

/** What Python becomes. */
export interface PythonTranslation {
  /** The Layers source; absent where there is an error. */
  readonly text?: string;
  /** Hints and warnings about the Python: what is left out. */
  readonly notes: readonly Diagnostic[];
  /** Errors, each with its place in the Python. */
  readonly errors: readonly Diagnostic[];
  /** What `model` can be, where the Python makes several models and none is named. */
  readonly choices: readonly string[];
}

/**
 * Translates Python that makes a model of Keras, a whole script or a part of one, into Layers: for an editor's pasted text. It is
 * the translation of `layerc import`; nothing of the text is run. Never throws.
 */
export async function pythonToLayers(text: string, options: PythonToLayersOptions = {}): Promise<PythonTranslation> {
  const { path = "pasted.py", name, model, taken, into = "file", withInput = true } = options;
  const choice: ScriptChoice = {
    fallback: "Network",
    isPart: into === "body",
    ...(name === undefined ? {} : { name }),
    ...(model === undefined ? {} : { variable: model }),
    ...(taken === undefined ? {} : { taken }),
  };
  const { value, diagnostics, choices = [] } = await translateScript([{ path, text }], choice);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const notes = diagnostics.filter(({ severity }) => severity !== "error");
  if (value === undefined || hasErrors(diagnostics)) return { notes, errors, choices };
  return { text: into === "body" ? bodyOf(value.text, withInput) : value.text, notes, errors, choices };
}

/** The lines in the braces of a model that is alone in a text, without their indent. */
function bodyOf(text: string, withInput: boolean): string {
  const lines = text.split("\n");
  const open = lines.findIndex((line) => line.startsWith("model "));
  const body = lines.slice(open + 1, lines.lastIndexOf("}")).map((line) => line.replace(/^ {2}/, ""));
  const kept = withInput ? body : body.filter((line) => !line.startsWith("input "));
  return `${kept.join("\n").trim()}\n`;
}
