import { checkProgram } from "../check/check-program.ts";
import { exportName } from "../check/rules/exports.ts";
import { hasErrors, type Diagnostic, type Span } from "../diagnostics/diagnostic.ts";
import type { JsonObject } from "../files/json.ts";
import { failureOf } from "../files/read-failure.ts";
import { printModelFile } from "../format/print-model-file.ts";
import { isInput, type KerasConfig } from "../keras/keras-config.ts";
import { readKerasConfig } from "../keras/read-keras-config.ts";
import { scriptArgument } from "../keras-scripts/diagnostics.ts";
import { readScript, type ScriptReading } from "../keras-scripts/read-script.ts";
import type { Declaration, ModelDeclaration } from "../syntax/ast.ts";
import { parseSource } from "../syntax/parse-source.ts";
import type { Source } from "../syntax/source.ts";
import { importArgument, importLayerUnsupported } from "./diagnostics.ts";
import { failureDiagnostic } from "./failure-diagnostic.ts";
import { declarableName, isChosenName, toModelName } from "./names.ts";
import type { ScriptOrigin } from "./script-origin.ts";
import { translateModel } from "./translate-model.ts";
import { declarableConstants, usedConstants } from "./used-constants.ts";
import { configUpTo } from "../model-formats/part-up-to.ts";

export interface ScriptChoice {
  /** The name of the model; by default its author's, or that of its variable or of the file. */
  readonly name?: string;
  /** The variable of the script that holds the model, or the function that makes it. */
  readonly variable?: string;
  /** The layer that gives the output; by default the last. */
  readonly output?: string;
  /** What the model is called where the script does not say. */
  readonly fallback?: string;
  /** Only its layers are wanted, for the body of a model that there is. */
  readonly isPart?: boolean;
  /** Names that the file has, into which the model goes. */
  readonly taken?: readonly string[];
}

/** The model of a script as the text of a file, or what stands in its body. */
export interface TranslatedScript {
  /** As declared: `Digits`. */
  readonly name: string;
  /** What its file is called: `digits`. */
  readonly stem: string;
  readonly text: string;
  /** What the checker says of it. */
  readonly checked: readonly Diagnostic[];
}

export interface ScriptTranslation {
  /** Absent when a diagnostic is an error. */
  readonly value?: TranslatedScript;
  /** The variables of the models of the script, where it does not say which one is meant. */
  readonly choices?: readonly string[];
  /** About the script. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Translates the model that a script of Keras makes, by the reader and the translation of Keras' own files. Of a notebook every
 * cell is a source. The result is checked like any file before it is given. Nothing of the script is run. Never throws.
 */
export async function translateScript(sources: readonly Source[], choice: ScriptChoice): Promise<ScriptTranslation> {
  const whole: Span = { file: sources[0]?.path ?? "", start: 0, end: 0 };
  try {
    const { value: reading, diagnostics, choices = [] } = readScript(sources, choice.variable);
    if (reading === undefined) return { diagnostics, choices };
    return await translateReading(reading, diagnostics, choice, sources);
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return { diagnostics: [failureDiagnostic(failure, whole)] };
  }
}

async function translateReading(
  reading: ScriptReading,
  notes: readonly Diagnostic[],
  choice: ScriptChoice,
  sources: readonly Source[],
): Promise<ScriptTranslation> {
  const { span } = reading;
  const { isPart = false, taken = [], output } = choice;
  const name = nameOf(reading, choice);
  const origin = originOf(reading, sources, { isPart, taken: [name, ...taken] });
  const config = readKerasConfig(reading.json);
  const diagnostics: Diagnostic[] = [];
  const part = output === undefined ? config : configUpTo(config, output);
  const root = isPart ? flattened(part) : part;
  const written = { name, file: span.file, leftOut: [], script: origin };
  const { file, comments } = translateModel(root, written, (found) => diagnostics.push(found));
  if (hasErrors(diagnostics) || hasErrors(notes)) return { diagnostics: errorsOf(notes, diagnostics) };

  const declarations: readonly Declaration[] = [
    ...usedConstants(file.declarations, origin.constants),
    ...file.declarations,
  ];
  const text = await printModelFile({ ...file, declarations }, { comments });
  const model = declarations.at(-1) as ModelDeclaration;
  const hasInput = model.body.some(({ kind }) => kind === "input");
  const checked = hasInput ? check({ path: `${exportName(name)}.layers`, text }) : [];
  if (hasErrors(checked)) {
    return { diagnostics: [...diagnostics, ...checked.map((found) => aboutScript(found, span))] };
  }
  const value = { name, stem: exportName(name), text, checked };
  return { value, diagnostics: [...diagnostics, ...notes] };
}

/** What is said of a model with errors. Of one that parts are missing of, nothing that these may be the cause of. */
function errorsOf(ofScript: readonly Diagnostic[], ofModel: readonly Diagnostic[]): readonly Diagnostic[] {
  if (!hasErrors(ofScript)) return ofModel;
  const certain = [scriptArgument, importArgument, importLayerUnsupported].map(({ code }) => code);
  return [...ofScript, ...ofModel.filter(({ code }) => certain.includes(code))].toSorted(
    (a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0),
  );
}

function originOf(
  { span, places, input, constants }: ScriptReading,
  sources: readonly Source[],
  { isPart, taken }: { readonly isPart: boolean; readonly taken: readonly string[] },
): ScriptOrigin {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  return {
    span,
    input,
    // A body declares nothing.
    constants: isPart ? new Map() : declarableConstants(constants, taken),
    isPart,
    placeOf: (node: JsonObject) => places.get(node),
    textOf: ({ file, start, end }) => texts.get(file)?.slice(start, end) ?? "",
  };
}

/** What scripts call a model that is nothing in particular, and what they write around a name. */
const plainNames = /^(?:model|net|network|nn|mlp|m|seq|sequential)\d*$/i;
const affixes = /^(?:build|make|create|get|define|construct|init)_|_(?:model|network|net|fn)$/g;

function nameOf({ name, variable }: ScriptReading, { name: wanted, fallback, taken = [] }: ScriptChoice): string {
  if (wanted !== undefined) return wanted;
  const bare = variable.replaceAll(affixes, "");
  const own = name !== undefined && isChosenName(name) ? name : undefined;
  const held = plainNames.test(bare) || !isChosenName(bare) ? undefined : bare;
  return declarableName(toModelName(own ?? held ?? fallback ?? variable), taken);
}

/** A chain with the layers of the chains in it in their places: without weights it is the same. */
function flattened(model: KerasConfig): KerasConfig {
  const layers = (model.layers ?? []).flatMap((layer): readonly KerasConfig[] => {
    const isChain = layer.layers !== undefined && !layer.branched && layer.authored !== true;
    return isChain ? (flattened(layer).layers ?? []).filter((inner) => !isInput(inner)) : [layer];
  });
  return { ...model, layers };
}

/** What is wrong with a file that imports nothing. */
function check(source: Source): readonly Diagnostic[] {
  const { value: entry, diagnostics } = parseSource(source);
  const program = { entry, files: new Map([[source.path, entry]]), imports: new Map() };
  return [...diagnostics, ...checkProgram(program, diagnostics).diagnostics];
}

/** What is wrong with a text that is not written can only be told of the script. */
function aboutScript({ code, severity, message, help }: Diagnostic, span: Span): Diagnostic {
  return { code, severity, message, span, related: [], ...(help === undefined ? {} : { help }) };
}
