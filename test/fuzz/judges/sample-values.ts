import type { Model, ModelLayer } from "../../../src/check/model.ts";
import { weightKey, type WeightArrays } from "../../../src/ir/weight-arrays.ts";
import { modelWeights } from "../../../src/lower/model-info.ts";
import { make, size, type Nd } from "../../random/nd.ts";
import type { Random } from "../random.ts";

const extremes = [0, -0, Infinity, -Infinity, Number.NaN, 1e30, -1e30, 3.4e38, 1e-40, 100, -100, 1, -1];

/** Arrays for a model that nothing binds: from -1 to 1, or from 0.5 on where they are a variance; some are 0, 1 or -1. */
export function sampleArrays(model: Model, random: Random): WeightArrays {
  return new Map(
    modelWeights(model).map(({ path, shape }) => {
      const isVariance = /variance|stddev/.test(path.at(-1) ?? "");
      const array = make(shape, () => {
        if (!isVariance && random.chance(0.05)) return random.pick([0, -0, 1, -1]);
        return Math.fround(isVariance ? 0.5 + random.int(1e6) / 1e6 : random.int(2e6) / 1e6 - 1);
      });
      return [weightKey(path), Float32Array.from(array.data)];
    }),
  );
}

/** A sample of a shape: indices where the model begins with a table, else from -2 to 2, or now and then extreme. */
export function sampleInput(model: Model, shape: readonly number[], isExtreme: boolean, random: Random): Nd {
  const rows = rowsOf(model.layers);
  if (size(shape) > 10_000) return { shape, data: new Float64Array(size(shape)) };
  return make(shape, () => {
    if (rows !== undefined) return isExtreme && random.chance(0.2) ? random.pick([rows, -1, 0.5]) : random.int(rows);
    if (isExtreme && random.chance(0.4)) return Math.fround(random.pick(extremes));
    return Math.fround(random.int(4e6) / 1e6 - 2);
  });
}

/** The rows of the first table of a model. */
function rowsOf(layers: readonly ModelLayer[]): number | undefined {
  for (const layer of layers) {
    const inner = layer.kind === "nested" ? rowsOf(layer.model.layers) : undefined;
    if (inner !== undefined) return inner;
    if (layer.kind === "layer" && layer.definition.className === "Embedding")
      return layer.config["input_dim"] as number;
  }
  return undefined;
}
