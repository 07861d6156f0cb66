import type { Model } from "../check/model.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import { bindWeights } from "../weights/bind/bind-weights.ts";
import { readWeightFile } from "../weights/read-weight-file.ts";

/** The arrays of weights that training has written, bound to the model as its `weights` clause will. */
export async function bindKept(model: Model, weights: Uint8Array, path: string): Promise<WeightArrays> {
  const read = await readWeightFile(weights, path);
  if (!read.ok) throw new Error(`The trained weights can't be read: ${read.failure.message}`);
  const { value, diagnostics } = bindWeights({ ...model, weights: { path, span: model.nameSpan } }, (owner) =>
    owner.name === model.name ? read.file : undefined,
  );
  if (value === undefined) throw new Error(`The trained weights don't bind: ${diagnostics[0]?.message ?? ""}`);
  return value;
}
