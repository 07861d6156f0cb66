import type { Model } from "../../../src/check/model.ts";
import type { Host, Source } from "../../../src/index.ts";
import type { Shape } from "../../../src/ir/shape.ts";
import { weightKey, type WeightArrays } from "../../../src/ir/weight-arrays.ts";
import { modelWeights, parameterCount } from "../../../src/lower/model-info.ts";
import { checkSource } from "../../../src/stages/check-source.ts";
import { size } from "../../random/nd.ts";
import { distinctSamples, sampleInputs, weightValues, type ModelCase, type SizeCase, type WeightCase } from "./case.ts";
import { reference } from "./reference.ts";

/** Around the rows of register tiles, and many. */
const batches = [0, 1, 5, 6, 7, 64, 300];
/** Run-time dims, the largest in the middle, so that memory grows once and is reused. */
const dimValues = [3, 17, 1];
/** Multiply-adds of a batch, roughly; larger batches of large models would only take time. */
const mostWork = 2 ** 28;
/** The range of what a model was trained on, where it was. */
const inputScales: Readonly<Record<string, number>> = { digits: 16, iris: 8 };

/** The models of a file with inputs and weights, and what they should give in float64. */
export async function exampleCases(
  source: Source,
  host: Host,
  precision: "float32" | "bfloat16",
): Promise<readonly ModelCase[]> {
  const { result, weights } = await checkSource(source, { host });
  return result.models.map((model) => {
    const bound = weights.get(model);
    const brought = modelWeights(model).map(({ path, shape }): WeightCase => {
      // A power of two near 1 / sqrt(fan-in), so that values neither vanish nor explode.
      const scale = shape.length < 2 ? 0.5 : 2 ** -Math.round(Math.log2(size(shape.slice(0, -1))) / 2);
      return { path, length: size(shape), scale };
    });
    const arrays =
      bound ?? new Map(brought.map((weight, position) => [weightKey(weight.path), weightValues(weight, position, 0)]));
    const stored = precision === "bfloat16" ? toBfloat16(arrays) : arrays;
    const dims = model.dims.length === 0 ? [{}] : dimValues.map((value) => allDims(model, value));
    return {
      name: model.name,
      exportName: model.exportName,
      ...(bound === undefined ? { weights: brought } : {}),
      sizes: dims.map((values) => sizeCase(model, values, stored)),
    };
  });
}

function allDims({ dims }: Model, value: number): Readonly<Record<string, number>> {
  return Object.fromEntries(dims.map((dim) => [dim, value]));
}

function sizeCase(model: Model, dims: Readonly<Record<string, number>>, arrays: WeightArrays): SizeCase {
  const shape = sizesOf(model.inputShape, dims);
  const partial = {
    dims,
    inputLength: size(shape),
    outputLength: size(sizesOf(model.outputShape, dims)),
    inputScale: inputScales[model.exportName] ?? 2,
    batches: batches.filter((samples) => samples * parameterCount(model.layers) <= mostWork),
  };
  const inputs = sampleInputs(partial);
  const expected = Array.from({ length: distinctSamples }, (_, sample) => {
    const data = Float64Array.from(inputs.subarray(sample * partial.inputLength, (sample + 1) * partial.inputLength));
    return [...reference(model, arrays, { shape, data }).data];
  });
  return { ...partial, expected };
}

function sizesOf(shape: Shape, dims: Readonly<Record<string, number>>): readonly number[] {
  return shape.map((axis) => axis.dims.reduce((product, dim) => product * (dims[dim] as number), axis.factor));
}

/** The kernels rounded to bfloat16, to nearest and ties to even; biases stay as they are. */
function toBfloat16(arrays: WeightArrays): WeightArrays {
  return new Map(
    [...arrays].map(([key, values]) => {
      if (!key.endsWith("/kernel")) return [key, values];
      const bits = new Uint32Array(Float32Array.from(values).buffer);
      bits.forEach((value, at) => (bits[at] = (value + 0x7fff + ((value >>> 16) & 1)) & 0xffff0000));
      return [key, new Float32Array(bits.buffer)];
    }),
  );
}
