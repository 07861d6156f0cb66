import type { WeightArrays } from "../../ir/weight-arrays.ts";
import { blocksOf } from "./blocks-of.ts";
import { pruneKernel } from "./prune-kernel.ts";
import type { BlockShape, PrunedKernel } from "./pruned-kernel.ts";

/** The arrays of a model with its kernels pruned at once, without anything that makes up for it. */
export function pruneArrays(
  arrays: WeightArrays,
  kernels: readonly PrunedKernel[],
  block: BlockShape,
  sparsity: number,
): WeightArrays {
  const pruned = new Map(arrays);
  for (const kernel of kernels) {
    const weights = Float32Array.from(arrays.get(kernel.key) ?? []);
    const mask = new Float32Array(kernel.size).fill(1);
    pruneKernel(weights, mask, blocksOf(kernel, block), { now: sparsity, atLast: sparsity });
    pruned.set(kernel.key, weights);
  }
  return pruned;
}
