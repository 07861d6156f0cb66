import type { Model } from "../check/model.ts";
import { weightKey, type WeightArrays } from "../ir/weight-arrays.ts";
import { modelWeights } from "../lower/model-info.ts";
import { writeSafetensors } from "../files/write-safetensors.ts";

/**
 * The arrays of a model as a safetensors file that binds to it again. Keys join names with `.`, or with `/` where a name
 * has a dot itself: readers split at `/` if any key has one.
 */
export function writeModelArrays(
  model: Model,
  arrays: WeightArrays,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  const weights = modelWeights(model);
  const separator = weights.some(({ path }) => path.some((name) => name.includes("."))) ? "/" : ".";
  const named = weights.map(({ path, shape }) => ({
    name: path.join(separator),
    shape,
    data: arrays.get(weightKey(path)) as Float32Array,
  }));
  return writeSafetensors(named, metadata);
}
