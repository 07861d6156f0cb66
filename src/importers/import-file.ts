import { checkProgram } from "../check/check-program.ts";
import { exportName } from "../check/rules/exports.ts";
import { baseName } from "../model-formats/base-name.ts";
import { hasErrors, type Diagnostic, type Span } from "../diagnostics/diagnostic.ts";
import { printModelFile } from "../format/print-model-file.ts";
import { load } from "../load/load.ts";
import type { ModelFormat } from "../model-formats/model-format.ts";
import type { Source } from "../syntax/source.ts";
import { bindWeights } from "../weights/bind/bind-weights.ts";
import { hasArrays, type WeightContainer, type WeightEntry, type WeightFile } from "../weights/weight-file.ts";
import { writeModelArrays } from "../weights/write-model-arrays.ts";
import { importWithoutModel } from "./diagnostics.ts";
import { importUnsupported } from "./failure-diagnostic.ts";
import { importArchitecture, importNoArrays } from "./file-diagnostics.ts";
import { importCarriedOver, importWeightsBeside } from "./hints.ts";
import { modelWeights } from "../lower/model-info.ts";
import { quantisedLayer } from "./dtypes.ts";
import { declarableName, isChosenName, toModelName } from "./names.ts";
import type { ReadModelFile } from "./read-model-file.ts";
import { titleOf } from "./title-of.ts";
import { translateModel } from "./translate-model.ts";

export interface ImportFileOptions {
  /** The name of the model: an identifier that begins with a capital letter. By default from the file. */
  readonly name?: string;
  /** The layer that gives the output, or in ONNX the tensor; by default the last. */
  readonly output?: string;
  /** The file of the arrays, for JSON that is only the architecture of a Keras model; by default one beside it. */
  readonly weights?: string;
  /** No file is to be written: messages about the model, and its weights clause, name the file that is imported. */
  readonly inPlace?: boolean;
}

/** An imported model: the two files it becomes. */
export interface ImportedModel {
  /** As declared: `Digits`. */
  readonly name: string;
  /** What the files are called: `digits` for `digits.layers` and `digits.safetensors`. */
  readonly stem: string;
  /** The text of the `.layers` file, which names the other. */
  readonly source: string;
  /** The bytes of the `.safetensors` file; `sourceHash` goes into its metadata. */
  weights(metadata: Readonly<Record<string, string>>): Uint8Array;
  /** The imported file as its weights clause binds it. */
  readonly file: WeightFile;
  /** What the import itself has found; `check` says all else of the source again. */
  readonly translationDiagnostics: readonly Diagnostic[];
}

export interface ImportResult {
  /** Absent when a diagnostic is an error. */
  readonly value?: ImportedModel;
  readonly diagnostics: readonly Diagnostic[];
  /** The texts diagnostics point into: the imported model, where it is wrong. */
  readonly sources: readonly Source[];
}

/**
 * Imports the model in a file that has been read. The model is translated, printed, and then checked and bound like any
 * other, so that what is returned compiles. Never throws for any content.
 */
export async function importFile(
  { file, format, labels, leftOut = [], weightsBeside, carriedOver, withoutArrays }: ReadModelFile,
  { name: wanted, inPlace = false }: ImportFileOptions,
): Promise<ImportResult> {
  const { path, root } = file;
  const span = { file: path, start: 0, end: 0 };
  if (root.keras === undefined) return failed(importWithoutModel(span, { path: baseName(path) }));
  const quantised = quantisedLayer(root.keras);
  if (quantised !== undefined) {
    const { name, mode } = quantised;
    const reason = `its layer '${name}' is quantised (${mode}); in Keras, save the model before model.quantize("${mode}")`;
    return failed(importUnsupported(span, { reason }));
  }

  const name = wanted ?? defaultName(root.keras.name, path, format);
  const stem = exportName(name);
  const diagnostics: Diagnostic[] =
    weightsBeside === undefined ? [] : [importWeightsBeside(span, { file: weightsBeside })];
  if (carriedOver !== undefined) diagnostics.push(importCarriedOver(span, { what: carriedOver }));
  const weightsPath = inPlace ? `./${baseName(path)}` : `./${stem}.safetensors`;
  const written = { name, weightsPath, file: path, leftOut, ...(labels === undefined ? {} : { labels }) };
  const translation = translateModel(root.keras, written, (found) => diagnostics.push(found));
  const translationDiagnostics = [...diagnostics];
  if (hasErrors(diagnostics)) return { diagnostics, sources: [] };

  const source = await printModelFile(translation.file, { comments: translation.comments });
  const made = { path: inPlace ? path : `${stem}.layers`, text: source };
  const sources = inPlace ? [] : [made];
  const loaded = await load(made);
  const checked = checkProgram(loaded.program, loaded.diagnostics);
  diagnostics.push(...loaded.diagnostics, ...checked.diagnostics);
  const model = checked.value.models.find((candidate) => candidate.name === name);
  const unwritten = (): ImportResult => ({
    diagnostics: diagnostics.map((found) => aboutFile(found, span)),
    sources: [],
  });
  if (hasErrors(diagnostics) || model === undefined) return unwritten();
  if (!hasArrays(root) && modelWeights(model).length > 0) {
    return failed(
      withoutArrays === true
        ? importArchitecture(span, { file: baseName(path) })
        : importNoArrays(span, { model: titleOf(root.keras) }),
    );
  }

  const arraysOnly = withoutConfig(file);
  const bound = bindWeights(model, (owner) => (owner === model ? arraysOnly : undefined));
  diagnostics.push(...bound.diagnostics);
  const arrays = bound.value;
  if (hasErrors(diagnostics) || arrays === undefined) return unwritten();
  const weights = (metadata: Readonly<Record<string, string>>): Uint8Array => writeModelArrays(model, arrays, metadata);
  return { value: { name, stem, source, weights, file: arraysOnly, translationDiagnostics }, diagnostics, sources };
}

function failed(diagnostic: Diagnostic): ImportResult {
  return { diagnostics: [diagnostic], sources: [] };
}

/** What is wrong with a source that is not written can only be told of the file that it was made from. */
function aboutFile({ code, severity, message, help }: Diagnostic, span: Span): Diagnostic {
  return { code, severity, message, span, related: [], ...(help === undefined ? {} : { help }) };
}

/** The name the author gave the model, else that of the file, or of its folder where all files have one name. */
function defaultName(modelName: string, path: string, { fileName, endings }: ModelFormat): string {
  const parts = path.split(/[/\\]/).filter((part) => part !== "" && part !== "." && part !== "..");
  const last = parts.at(-1) ?? "";
  const inFolder = last === fileName || last === "config.json";
  const naming = (inFolder ? parts.at(-2) : undefined) ?? last;
  const ending = [".keras", ...endings].find((candidate) => naming.toLowerCase().endsWith(candidate)) ?? "";
  const named = naming.slice(0, naming.length - ending.length);
  return declarableName(toModelName(isChosenName(modelName) ? modelName : named), []);
}

/**
 * The file as the binder sees one of arrays alone. The model has just been made from the configuration: comparing the two
 * could only find fault with the comparison.
 */
function withoutConfig(file: WeightFile): WeightFile {
  const strip = (entry: WeightEntry): WeightEntry => {
    if (entry.kind === "container") return stripContainer(entry);
    const { keras: _, ...rest } = entry;
    return rest;
  };
  const stripContainer = (container: WeightContainer): WeightContainer => {
    const { keras: _, ...rest } = container;
    return { ...rest, entries: container.entries.map(strip) };
  };
  return { ...file, root: stripContainer(file.root) };
}
