import type { WeightArrays } from "../../ir/weight-arrays.ts";
import { blocksOf } from "./blocks-of.ts";
import type { BlockShape, KernelAxis, PrunedKernel } from "./pruned-kernel.ts";

/** What came of a kernel. */
export interface PrunedLayer {
  readonly layer: string;
  /** Of the matrix, all axes of a kind taken together. */
  readonly inputs: number;
  readonly units: number;
  readonly weights: number;
  readonly zeros: number;
  readonly blocks: { readonly count: number; readonly zeros: number };
}

/** Counts the zeros of kernels, and the blocks that are nothing else. */
export function prunedLayers(
  kernels: readonly PrunedKernel[],
  block: BlockShape,
  arrays: WeightArrays,
): readonly PrunedLayer[] {
  return kernels.map((kernel): PrunedLayer => {
    const array = arrays.get(kernel.key) ?? new Float32Array(0);
    const { count, of } = blocksOf(kernel, block);
    const isFull = new Uint8Array(count);
    let zeros = 0;
    array.forEach((weight, at) => {
      if (weight === 0) zeros += 1;
      else isFull[of[at] as number] = 1;
    });
    const full = isFull.reduce((sum, one) => sum + one, 0);
    return {
      layer: kernel.layer,
      inputs: places(kernel.inputs),
      units: places([...kernel.repeats, ...kernel.units]),
      weights: kernel.size,
      zeros,
      blocks: { count, zeros: count - full },
    };
  });
}

function places(axes: readonly KernelAxis[]): number {
  return axes.reduce((total, { size }) => total * size, 1);
}
