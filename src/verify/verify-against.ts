import type { Model } from "../check/model.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import { modelWeights } from "../lower/model-info.ts";
import { checkSource } from "../stages/check-source.ts";
import type { Source } from "../syntax/source.ts";
import { loadWeights } from "../weights/load-weights.ts";
import { chooseModels } from "../cases/choose-model.ts";
import { readCases, type CasesSource } from "../cases/read-cases.ts";
import { verifyModel, type Found, type VerifiedModel, type VerifyOptions } from "./verify-model.ts";

export const verifyWeightsMissing = defineDiagnostic(
  "verify-weights-missing",
  "error",
  "A model without bound weights can't be run.",
  (at: { model: string }) => ({
    message: `${at.model} has no weights to be run with`,
    help: 'bind a file in the model with weights "./file.safetensors", or give one with --weights',
  }),
  () => ({
    meaning: "A model is run with its trained weights, and this one has no weights clause.",
    example: {
      kind: "command",
      text: "layerc verify digits.layers --against cases.json",
      arguments: { model: "Digits" },
      mended: "layerc verify digits.layers --against cases.json --weights digits.safetensors",
    },
  }),
);

export const verifyWeightsBound = defineDiagnostic(
  "verify-weights-bound",
  "error",
  "Weights are given on the command line for a model that binds a file of its own.",
  (at: { model: string; path: string }) => ({
    message: `${at.model} binds its weights itself, '${at.path}' is one file too many`,
    help: "leave out --weights, or the weights clause",
  }),
  () => ({
    meaning:
      "The model has a weights clause, so it needs no other file; with both it would not be clear which one is meant.",
    example: {
      kind: "command",
      text: "layerc verify digits.layers --against cases.json --weights digits.safetensors",
      arguments: { model: "Digits", path: "digits.safetensors" },
      mended: "layerc verify digits.layers --against cases.json",
    },
  }),
);

export const verifyRefused = defineDiagnostic(
  "verify-refused",
  "error",
  "A compiled model refuses the inputs of a cases file.",
  (at: { path: string; reason: string }) => ({
    message: `The compiled model refuses the inputs of '${at.path}': ${at.reason}`,
  }),
  () => ({
    meaning:
      "The generated function throws for these inputs, as it would in your program. An Embedding, for example, takes whole numbers from 0 to input_dim - 1.",
    example: {
      kind: "situation",
      text: "A model begins with Embedding(10, 8), and a sample of cases.json has the index 12.",
      arguments: {
        path: "cases.json",
        reason: "Words: the input of 'embedding' holds 12, expected an index: a whole number from 0 to 9",
      },
      mended: "The samples of cases.json have indices from 0 to 9.",
    },
  }),
);

export interface VerifyResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly Source[];
  /** Empty where a diagnostic kept the models from being run. */
  readonly models: readonly VerifiedModel[];
}

/**
 * Compiles the models of a source, runs `forward` and `forwardBatch` on the inputs of a cases file and compares
 * what they and their layers give.
 * A layer's values come from the model cut after it, compiled like the whole. Never throws for anything in the files.
 */
export async function verifyAgainst(
  source: Source,
  casesSource: CasesSource,
  options: VerifyOptions,
): Promise<VerifyResult> {
  const { result, weights } = await checkSource(source, options.host === undefined ? {} : { host: options.host });
  const stopped = (...diagnostics: readonly Diagnostic[]): VerifyResult => ({
    diagnostics: [...result.diagnostics, ...diagnostics],
    sources: result.sources,
    models: [],
  });
  if (hasErrors(result.diagnostics)) return stopped();
  const read = await readCases(casesSource);
  if (read.kind === "failed") return stopped(read.diagnostic);
  const { model: only } = options;
  const at = { file: source.path, path: casesSource.path, ...(only === undefined ? {} : { only }) };
  const chosen = chooseModels(result.models, read.file, at);
  if (hasErrors(chosen.diagnostics)) return stopped(...chosen.diagnostics);

  const diagnostics: Diagnostic[] = [];
  const models: VerifiedModel[] = [];
  for (const item of chosen.value) {
    const bound = await arraysOf(item.model, weights.get(item.model), options);
    diagnostics.push(...bound.diagnostics);
    if (bound.value === undefined) continue;
    try {
      const verified = await verifyModel(item, bound.value, casesSource.path, options);
      diagnostics.push(...verified.diagnostics);
      if (verified.value !== undefined) models.push(verified.value);
    } catch (error) {
      // What generated code throws for inputs that it can't take: an index that an Embedding does not have.
      if (!(error instanceof RangeError)) throw error;
      diagnostics.push(verifyRefused(item.model.nameSpan, { path: casesSource.path, reason: error.message }));
    }
  }
  return { ...stopped(...diagnostics), models };
}

/** The arrays of a model: those it binds, or those of the file given for it. */
async function arraysOf(
  model: Model,
  bound: WeightArrays | undefined,
  { host, weights: path }: VerifyOptions,
): Promise<Found<WeightArrays>> {
  if (bound !== undefined && path === undefined) return { value: bound, diagnostics: [] };
  if (bound !== undefined && modelWeights(model).length > 0 && path !== undefined) {
    return { diagnostics: [verifyWeightsBound(model.nameSpan, { model: model.name, path })] };
  }
  if (modelWeights(model).length === 0) return { value: new Map(), diagnostics: [] };
  if (path === undefined) return { diagnostics: [verifyWeightsMissing(model.nameSpan, { model: model.name })] };
  const withClause: Model = { ...model, weights: { path, span: model.nameSpan } };
  // The path is resolved already, from the working folder and not from the model's.
  const resolved = host && { ...host, resolve: () => path };
  const loaded = await loadWeights([withClause], resolved);
  const arrays = loaded.arrays.get(withClause);
  return { ...(arrays === undefined ? {} : { value: arrays }), diagnostics: loaded.diagnostics };
}
