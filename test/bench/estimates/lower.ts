import { modelWeights } from "../../../src/lower/model-info.ts";
import { product } from "../../../src/ir/product.ts";
import { weightKey, type WeightArrays } from "../../../src/ir/weight-arrays.ts";
import { bindModel } from "../../../src/stages/bind-model.ts";
import { checkSource } from "../../../src/stages/check-source.ts";
import { lowerModel } from "../../../src/stages/lower-model.ts";
import type { LoweredModel } from "../../../src/targets/lowered-model.ts";
import { randomFloats } from "../network.ts";

/** A model of a text with weights, the same in every run, that are written into its modules. */
export interface BoundText {
  readonly lowered: LoweredModel;
  readonly arrays: readonly { readonly name: string; readonly shape: readonly number[]; readonly data: Float32Array }[];
}

export async function lowerText(text: string): Promise<BoundText> {
  const { result } = await checkSource(text);
  const [model] = result.models;
  if (model === undefined) throw new Error(result.diagnostics.map(({ message }) => message).join("; "));
  const arrays = modelWeights(model).map(({ path, shape }) => {
    const data = randomFloats(weightKey(path), product(shape), Math.sqrt(4 / (shape[0] ?? 1)));
    // Variances among them.
    return { path, name: path.join("."), shape, data: path.at(-1)?.includes("variance") ? data.map(Math.abs) : data };
  });
  const bound: WeightArrays = new Map(arrays.map(({ path, data }) => [weightKey(path), data]));
  return { lowered: lowerModel(bindModel(model, bound, "inline")), arrays };
}
