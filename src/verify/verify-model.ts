import type { Host } from "../load/host.ts";
import type { CommandValues } from "../config/options/values.ts";
import type { Model, ModelLayer } from "../check/model.ts";
import { capitalized } from "../diagnostics/capitalized.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatShape } from "../ir/shape.ts";
import { defaultPrecision, type Precision } from "../ir/storage-types.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import { describeLayer } from "../lower/describe-layer.ts";
import { defaultEngine } from "../passes/engines.ts";
import { checkBackEndLimits } from "../stages/check-limits.ts";
import { lowerModel } from "../stages/lower-model.ts";
import { planModel, type PlannedModel } from "../stages/plan-model.ts";
import { defaultTarget, type TargetName } from "../targets/index.ts";
import type { CaseArray } from "../cases/cases.ts";
import type { ChosenModel } from "../cases/choose-model.ts";
import { compare, type Comparison } from "./compare.ts";
import { cutModel } from "./cut-model.ts";
import { expectedLayers } from "../cases/expected-layers.ts";
import { formatError, formatTolerance } from "./format-error.ts";
import { casesComputeTooMuch, fitCases, shapeValues, valueCount } from "../cases/fit-cases.ts";
import { maxComputedValues, toleranceFor } from "../cases/limits.ts";
import { bindForRun, loadModel, type RunModule } from "./run-model.ts";

export const verifyDeviates = defineDiagnostic(
  "verify-deviates",
  "error",
  "A compiled model gives other values than a cases file expects.",
  (at: {
    what: string;
    comparison: Comparison;
    deviating: VerifiedArray["deviating"];
    tolerance: number;
    earlierFine: boolean;
  }) => {
    const { worst, maxError } = at.comparison;
    const only = at.deviating.length === 1 ? ` of ${at.deviating[0]}, but not of the other function,` : "";
    const place = worst === undefined ? "" : ` in sample ${worst.sample}${only} at [${worst.index.join(", ")}]`;
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
        deviating: ["forward", "forwardBatch"] as const,
        tolerance: 2e-6,
        earlierFine: true,
      },
      mended: "cases.json is written by the model that the weights were saved from.",
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

/** What running one model showed. */
export interface VerifiedModel {
  readonly model: string;
  readonly samples: number;
  /** What the model was compiled to: what was asked for, or what `auto` chose. */
  readonly target: TargetName;
  /** What its module ran on, where it has several ways: `wasm-simd`. */
  readonly backend?: string;
  readonly precision: Precision;
  readonly tolerance: number;
  readonly passed: boolean;
  /** The layers that the cases have outputs for, in the order of the model. */
  readonly layers: readonly VerifiedArray[];
  readonly output: VerifiedArray;
}

/** A function that a model is run by. */
type FunctionName = "forward" | "forwardBatch";

/** How far one array is from what was expected, by the function that is farther from it. */
export interface VerifiedArray extends Comparison {
  /** A layer's path (`encoder/dense`), or `output`. */
  readonly name: string;
  /** `Dense [64] -> [10], softmax` */
  readonly description: string;
  /** Samples compared: a file may have fewer for a layer than for the model. */
  readonly samples: number;
  /** The functions of the model that are not within the tolerance. */
  readonly deviating: readonly FunctionName[];
  readonly passed: boolean;
}

/** A model's result, absent where a diagnostic says what kept it from being run. */
export interface Found<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles one model, runs it on its cases and compares. A layer's values come from the model cut after it. */
export async function verifyModel(
  { model, cases }: ChosenModel,
  arrays: WeightArrays,
  path: string,
  options: VerifyOptions,
): Promise<Found<VerifiedModel>> {
  const fitted = fitCases(model, cases, path);
  if (fitted.kind === "misfit") return { diagnostics: [fitted.diagnostic] };
  const { samples, dims } = fitted;
  const expected = expectedLayers(model, cases, fitted, path);
  const {
    unroll = "auto",
    engine = defaultEngine,
    precision = defaultPrecision,
    target = defaultTarget,
    keepZeros,
  } = options;
  const plan = async (part: Model): Promise<PlannedModel> =>
    planModel(lowerModel(bindForRun(part, arrays), { precision, keepZeros }), { unroll, engine, target });
  const planned = await plan(model);
  const limits = checkBackEndLimits([planned]);
  const problems = [...expected.diagnostics, ...limits.filter(({ severity }) => severity === "error")];
  for (const { layer, outputs } of expected.value) {
    const values = (outputs.shape[0] as number) * valueCount(layer.outputShape, dims);
    if (values > maxComputedValues) problems.push(casesComputeTooMuch(layer.span, { path, model: model.name, values }));
  }
  if (problems.length > 0) return { diagnostics: problems };

  const tolerance = options.tolerance ?? toleranceFor(precision);
  const inputs = Float32Array.from(fitted.inputs.data);
  const sampleValues = inputs.length / samples;
  const run = async (part: PlannedModel, array: CaseArray): Promise<Ran> => {
    const compared = array.shape[0] as number;
    const runnable = await loadModel({ ...part, arrays }, options.runModule);
    const shape = shapeValues(part.model.outputShape, dims);
    const given = Array.from({ length: compared }, (_, sample) =>
      inputs.subarray(sample * sampleValues, (sample + 1) * sampleValues),
    );
    const one = given.map((input) => runnable.forward(input, undefined, dims));
    const all = runnable.forwardBatch(inputs.subarray(0, compared * sampleValues), undefined, dims);
    const each = [
      { name: "forward", comparison: compare(joined(one), array.data, shape) },
      { name: "forwardBatch", comparison: compare(all, array.data, shape) },
    ] as const;
    const deviating = each.filter(({ comparison }) => comparison.maxError > tolerance).map(({ name }) => name);
    const [forward, batch] = each;
    const { comparison } = batch.comparison.maxError >= forward.comparison.maxError ? batch : forward;
    const { backend } = runnable;
    return {
      array: { ...comparison, samples: compared, deviating, passed: deviating.length === 0 },
      ...(backend === undefined ? {} : { backend }),
    };
  };

  const layers: VerifiedArray[] = [];
  const diagnostics: Diagnostic[] = [];
  const deviates = (what: string, span: Model["nameSpan"], array: VerifiedArray, earlierFine: boolean): void => {
    if (diagnostics.length > 0) return;
    diagnostics.push(
      verifyDeviates(span, { what, comparison: array, deviating: array.deviating, tolerance, earlierFine }),
    );
  };
  for (const { path: layerPath, layer, outputs } of expected.value) {
    const name = layerPath.join("/");
    const part = await plan(cutModel(model, layerPath));
    const verified = { name, description: describe(layer), ...(await run(part, outputs)).array };
    layers.push(verified);
    if (!verified.passed) deviates(`layer '${name}' of ${model.name}`, layer.span, verified, true);
  }
  const description = `${formatShape(model.inputShape)} -> ${formatShape(model.outputShape)}`;
  const { array, backend } = await run(planned, fitted.outputs);
  const output = { name: "output", description, ...array };
  if (!output.passed) deviates(`the output of ${model.name}`, model.nameSpan, output, false);
  const passed = output.passed && layers.every((layer) => layer.passed);
  const ran = { target: planned.choice.target, ...(backend === undefined ? {} : { backend }) };
  return { value: { model: model.name, samples, ...ran, precision, tolerance, passed, layers, output }, diagnostics };
}

/** What a run of a model, or of a part of it, showed. */
interface Ran {
  readonly array: Omit<VerifiedArray, "name" | "description">;
  readonly backend?: string;
}

/** Samples one after the other. */
function joined(samples: readonly Float32Array[]): Float32Array {
  const length = samples[0]?.length ?? 0;
  const all = new Float32Array(samples.length * length);
  for (const [at, sample] of samples.entries()) all.set(sample, at * length);
  return all;
}

function describe(layer: ModelLayer): string {
  if (layer.kind === "layer") return describeLayer(layer);
  return `${layer.model.name} ${formatShape(layer.inputShape)} -> ${formatShape(layer.outputShape)}`;
}
