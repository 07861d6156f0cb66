import type { TrainerWeights } from "./trainer.ts";

/** Whether all weights are numbers in a file, too, which has them as float32: those of a trainer may be larger. */
export function areFinite(weights: TrainerWeights): boolean {
  return Object.values(weights).every((node) =>
    ArrayBuffer.isView(node) ? node.every((value: number) => Number.isFinite(Math.fround(value))) : areFinite(node),
  );
}
