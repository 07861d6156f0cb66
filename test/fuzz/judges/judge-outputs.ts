import type { Model } from "../../../src/check/model.ts";
import { parameterCount } from "../../../src/lower/model-info.ts";
import type { WeightArrays } from "../../../src/ir/weight-arrays.ts";
import { instantiate, type Instance, type RunMode } from "../../random/instantiate.ts";
import { size, type Nd } from "../../random/nd.ts";
import { evaluate, type Evaluated } from "../formulas/evaluate.ts";
import { NoFormula } from "../formulas/formula-layer.ts";
import { layersOfModel, shapeSizes, type Dims } from "../formulas/layers-of-model.ts";
import type { Random } from "../random.ts";
import type { JudgedModel } from "./models-of.ts";
import { sampleArrays, sampleInput } from "./sample-values.ts";
import { wrongValue } from "./wrong-value.ts";

/** Compiles a model and gives what its module exports for it. */
export type Compile = (model: Model, arrays: WeightArrays, mode: RunMode) => Promise<Instance>;

/** Parameters and values between layers of a model that is evaluated: formulas take their time. */
const most = { parameters: 20_000, values: 3_000 };

/** Beyond this a float32 may overflow where a float64 has a number (`src/ir/numerics.md`). */
const float32Safe = 1e15;

/** One unrolling for TypeScript and WebAssembly, by chance with the weights in the module or not. */
function modes(random: Random): readonly RunMode[] {
  return [
    { target: "typescript", unroll: random.pick(["auto", "full", "none"] as const), inline: random.chance(0.7) },
    { target: "wasm", unroll: "auto", inline: random.chance(0.7) },
  ];
}

/**
 * Runs a model on two samples, singly and together, in both targets: its outputs are those of formulas in float64, as exactly
 * as these can be told.
 */
export async function judgeOutputs(
  { model, arrays = undefined, layers = undefined }: JudgedModel,
  random: Random,
  counts: Record<string, number>,
  compile: Compile = instantiate,
): Promise<string | undefined> {
  const count = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1);
  const dims = Object.fromEntries(model.dims.map((name) => [name, 1 + random.int(4)]));
  const shape = shapeSizes(model.inputShape, dims);
  if (isLarge(model, dims)) return void count("outputs: too large");
  const bound = arrays ?? sampleArrays(model, random);
  const isExtreme = random.chance(0.2);
  const inputs = [0, 1].map(() => sampleInput(model, shape, isExtreme, random));
  let expected: readonly (Evaluated | RangeError)[];
  try {
    const formulas = layers ?? layersOfModel(model, bound, dims);
    expected = inputs.map((input) => evaluateOrRefuse(() => evaluate(formulas, input, random)));
  } catch (error) {
    if (!(error instanceof NoFormula)) throw error;
    return void count(`outputs: no formula for ${error.message}`);
  }
  for (const mode of modes(random)) {
    const instance = await compile(model, bound, mode);
    const why = wrongOutputs(instance, { inputs, expected, dims, target: mode.target });
    if (why !== undefined) return `${model.name}, ${JSON.stringify({ ...mode, dims })}: ${why}`;
  }
  count(isExtreme ? "outputs: compared, extreme" : "outputs: compared");
  return undefined;
}

interface Run {
  readonly inputs: readonly Nd[];
  readonly expected: readonly (Evaluated | RangeError)[];
  readonly dims: Dims;
  readonly target: RunMode["target"];
}

function wrongOutputs(instance: Instance, { inputs, expected, dims, target }: Run): string | undefined {
  const given = inputs.map(({ data }) => Float32Array.from(data));
  for (const [sample, wanted] of expected.entries()) {
    const found = evaluateOrRefuse(() => instance.forward(given[sample] as Float32Array, undefined, dims));
    const place = `sample ${sample} [${given[sample]?.slice(0, 20).join(", ")}]`;
    if (found instanceof RangeError || wanted instanceof RangeError) {
      if (found instanceof RangeError && wanted instanceof RangeError) continue;
      return `${place}: ${String(found)}, expected ${wanted instanceof RangeError ? String(wanted) : "values"}`;
    }
    if (target === "wasm" && wanted.largest > float32Safe) continue;
    const why = wrongValue(found, wanted, target);
    if (why !== undefined) return `${place}: ${why}`;
  }
  if (expected.some((one) => one instanceof RangeError)) return undefined;
  const together = instance.forwardBatch(Float32Array.from(given.flatMap((one) => [...one])), undefined, dims);
  for (const [sample, wanted] of (expected as readonly Evaluated[]).entries()) {
    if (target === "wasm" && wanted.largest > float32Safe) continue;
    const length = wanted.output.data.length;
    const why = wrongValue(together.subarray(sample * length, (sample + 1) * length), wanted, target);
    if (why !== undefined) return `sample ${sample} of a batch: ${why}`;
  }
  return undefined;
}

/** A value, or the RangeError of an index that a table does not have. */
function evaluateOrRefuse<Value>(action: () => Value): Value | RangeError {
  try {
    return action();
  } catch (error) {
    if (error instanceof RangeError) return error;
    throw error;
  }
}

/** Whether a model is more than what formulas evaluate in a short time. */
export function isLarge(model: Model, dims: Dims): boolean {
  const shapes = (one: Model): readonly number[] =>
    one.layers.flatMap((layer) => [
      size(shapeSizes(layer.outputShape, dims)),
      ...(layer.kind === "nested" ? shapes(layer.model) : []),
    ]);
  const values = [size(shapeSizes(model.inputShape, dims)), ...shapes(model)];
  if (values.reduce((sum, value) => sum + value, 0) > most.values) return true;
  const parameters = parameterCount(model.layers);
  return parameters > most.parameters || parameters * Math.max(...values) > 100 * most.parameters;
}
