import type { Model, ModelLayer } from "../check/model.ts";
import type { CommandValues } from "../config/options/values.ts";
import { capitalized } from "../diagnostics/capitalized.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatShape } from "../ir/shape.ts";
import { defaultPrecision, type Precision } from "../ir/storage-types.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import type { Host } from "../load/host.ts";
import { describeLayer } from "../lower/describe-layer.ts";
import { modelWeights } from "../lower/model-info.ts";
import { checkSource } from "../stages/check-source.ts";
import { checkBackEndLimits } from "../stages/check-limits.ts";
import { lowerModel } from "../stages/lower-model.ts";
import { planModel, type PlannedModel } from "../stages/plan-model.ts";
import type { Source } from "../syntax/source.ts";
import { defaultTarget } from "../targets/index.ts";
import { loadWeights } from "../weights/load-weights.ts";
import type { CaseArray } from "../cases/cases.ts";
import { chooseModels, type ChosenModel } from "../cases/choose-model.ts";
import { compare, type Comparison } from "./compare.ts";
import { cutModel } from "./cut-model.ts";
import { expectedLayers } from "../cases/expected-layers.ts";
import { formatError, formatTolerance } from "./format-error.ts";
import { casesComputeTooMuch, fitCases, shapeValues, valueCount } from "../cases/fit-cases.ts";
import { maxComputedValues, toleranceFor } from "../cases/limits.ts";
import { readCases, type CasesSource } from "../cases/read-cases.ts";
import { bindForRun, runModel, type RunModule } from "./run-model.ts";

export const verifyDeviates = defineDiagnostic(
  "verify-deviates",
  "error",
  "A compiled model gives other values than a cases file expects.",
  (at: { what: string; comparison: Comparison; tolerance: number; earlierFine: boolean }) => {
    const { worst, maxError } = at.comparison;
    const place = worst === undefined ? "" : ` in sample ${worst.sample} at [${worst.index.join(", ")}]`;
    const values = worst === undefined ? "" : `: ${worst.computed}, expected ${worst.expected}`;
    return {
      message: capitalized(
        `${at.what} deviates by ${formatError(maxError)}, above the tolerance ${formatTolerance(at.tolerance)},${place}${values}`,
      ),
      ...(at.earlierFine ? { label: "the first layer that deviates" } : {}),
    };
  },
  () => ({
    meaning:
      "The compiled model gives other values than expected, by more than rounding explains. The first layer that deviates is where to look: its arguments, its weights, or the order of the samples' axes.",
    example: {
      kind: "situation",
      text: "cases.json has the outputs of another training than the weights are from.",
      arguments: {
        what: "layer 'hidden' of Digits",
        comparison: {
          maxAbsolute: 0.2,
          maxRelative: 0.5,
          maxError: 0.2,
          worst: { sample: 3, index: [7], computed: 0.4, expected: 0.2 },
        },
        tolerance: 2e-6,
        earlierFine: true,
      },
      mended: "cases.json is written by the model that the weights were saved from.",
    },
  }),
);

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

export interface VerifyOptions extends CommandValues<"verify"> {
  /** How imports and weight files are reached. */
  readonly host?: Host;
  readonly runModule: RunModule;
  /** The model to verify, where the file has several. */
  readonly model?: string;
  /** Default 2e-6, 2e-2 with bfloat16 weights; see `limits.ts`. */
  readonly tolerance?: number;
  /** A weight file for a model without a `weights` clause: its path as the host resolves it. */
  readonly weights?: string;
}

export interface VerifyResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly Source[];
  /** Empty where a diagnostic kept the models from being run. */
  readonly models: readonly VerifiedModel[];
}

/** What running one model showed. */
export interface VerifiedModel {
  readonly model: string;
  readonly samples: number;
  readonly precision: Precision;
  readonly tolerance: number;
  readonly passed: boolean;
  /** The layers that the cases have outputs for, in the order of the model. */
  readonly layers: readonly VerifiedArray[];
  readonly output: VerifiedArray;
}

/** How far one array is from what was expected. */
export interface VerifiedArray extends Comparison {
  /** A layer's path (`encoder/dense`), or `output`. */
  readonly name: string;
  /** `Dense [64] -> [10], softmax` */
  readonly description: string;
  /** Samples compared: a file may have fewer for a layer than for the model. */
  readonly samples: number;
  readonly passed: boolean;
}

/**
 * Compiles the models of a source, runs them on the inputs of a cases file and compares what they and their layers give.
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

interface Found<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
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

async function verifyModel(
  { model, cases }: ChosenModel,
  arrays: WeightArrays,
  path: string,
  options: VerifyOptions,
): Promise<Found<VerifiedModel>> {
  const fitted = fitCases(model, cases, path);
  if (fitted.kind === "misfit") return { diagnostics: [fitted.diagnostic] };
  const { samples, dims } = fitted;
  const expected = expectedLayers(model, cases, fitted, path);
  const { unroll = "auto", precision = defaultPrecision, target = defaultTarget } = options;
  const plan = async (part: Model): Promise<PlannedModel> =>
    planModel(lowerModel(bindForRun(part, arrays), precision), { unroll, target });
  const planned = await plan(model);
  const limits = checkBackEndLimits(planned);
  const problems = [...expected.diagnostics, ...limits.filter(({ severity }) => severity === "error")];
  for (const { layer, outputs } of expected.value) {
    const values = (outputs.shape[0] as number) * valueCount(layer.outputShape, dims);
    if (values > maxComputedValues) problems.push(casesComputeTooMuch(layer.span, { path, model: model.name, values }));
  }
  if (problems.length > 0) return { diagnostics: problems };

  const tolerance = options.tolerance ?? toleranceFor(precision);
  const inputs = Float32Array.from(cases.inputs.data);
  const sampleValues = inputs.length / samples;
  const run = async (
    part: PlannedModel,
    array: CaseArray,
  ): Promise<Comparison & { samples: number; passed: boolean }> => {
    const compared = array.shape[0] as number;
    const firstInputs = inputs.subarray(0, compared * sampleValues);
    const computed = await runModel({ ...part, arrays }, firstInputs, dims, options.runModule);
    const comparison = compare(computed, array.data, shapeValues(part.model.outputShape, dims));
    return { ...comparison, samples: compared, passed: comparison.maxError <= tolerance };
  };

  const layers: VerifiedArray[] = [];
  const diagnostics: Diagnostic[] = [];
  const deviates = (what: string, span: Model["nameSpan"], comparison: Comparison, earlierFine: boolean): void => {
    if (diagnostics.length > 0) return;
    diagnostics.push(verifyDeviates(span, { what, comparison, tolerance, earlierFine }));
  };
  for (const { path: layerPath, layer, outputs } of expected.value) {
    const name = layerPath.join("/");
    const part = await plan(cutModel(model, layerPath));
    const verified = { name, description: describe(layer), ...(await run(part, outputs)) };
    layers.push(verified);
    if (!verified.passed) deviates(`layer '${name}' of ${model.name}`, layer.span, verified, true);
  }
  const description = `${formatShape(model.inputShape)} -> ${formatShape(model.outputShape)}`;
  const output = { name: "output", description, ...(await run(planned, cases.outputs)) };
  if (!output.passed) deviates(`the output of ${model.name}`, model.nameSpan, output, false);
  const passed = output.passed && layers.every((layer) => layer.passed);
  return { value: { model: model.name, samples, precision, tolerance, passed, layers, output }, diagnostics };
}

function describe(layer: ModelLayer): string {
  if (layer.kind === "layer") return describeLayer(layer);
  return `${layer.model.name} ${formatShape(layer.inputShape)} -> ${formatShape(layer.outputShape)}`;
}
