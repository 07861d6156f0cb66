import type { ChunkBudget } from "../../passes/loops/batch.ts";
import { planTiles } from "../../passes/plan.ts";
import type { LoweredModel } from "../lowered-model.ts";
import type { LoopPlan } from "../target.ts";

/**
 * How many samples a batch computes at once. The tiles of WebAssembly are faster than its caches are small: it reads the
 * weights of a layer once for as many rows as possible, in tiles of 4 or 5.
 */
export const chunkBudget: ChunkBudget = { bytes: 3 * 2 ** 20, samples: 120, multiple: 20 };

/** The loops that run where WebAssembly can't: short, and on arrays in the order in which WebAssembly reads them. */
export function planFallback({ graph, binding }: LoweredModel): LoopPlan {
  return {
    plans: planTiles(graph.operations, "where WebAssembly can't run"),
    options: {
      unroll: "auto",
      bound: binding.kind === "inline",
      panelLanes: 4,
      chunk: chunkBudget,
      pairs: false,
    },
  };
}
