import { elementCount } from "../ir/shape.ts";
import { lowerToLoops } from "../lower/graph-to-loops.ts";
import { batch } from "../passes/loops/batch.ts";
import { budget } from "../passes/budget.ts";
import { planOperations } from "../passes/plan.ts";
import { layOutMemory } from "../targets/wasm/memory-layout.ts";
import { lookupObstacle, memoryObstacle, mostBytes, type Obstacle } from "../targets/wasm/obstacle.ts";
import { plainSimd } from "../vectors/instruction-set.ts";
import { lowerToVectors } from "../vectors/lower-to-vectors.ts";
import type { PlannedModel } from "./model-unit.ts";

/** What would keep a model off WebAssembly: the same as `assembleModules` finds, before anything is assembled. */
export function wasmObstacle(planned: PlannedModel): Obstacle | undefined {
  const { graph, options } = planned;
  const lookup = lookupObstacle(graph);
  if (lookup !== undefined) return lookup;
  // Nearly every model is so far below the limit that its memory need not be laid out.
  if (highestBytes(planned) < mostBytes) return undefined;
  const plans = planOperations(graph.operations, { ...options, unroll: "tiles" });
  const chunk = batch(lowerToLoops(graph, plans), budget.wasmChunk).batch?.chunk ?? 1;
  return memoryObstacle(layOutMemory(lowerToVectors(graph, plainSimd), 0, chunk));
}

/** More than a model takes: weights padded to four units, biases that folding adds; a buffer for each value between layers. */
function highestBytes({ graph, weights }: PlannedModel): number {
  const parameters = weights.reduce((sum, { shape }) => sum + shape.reduce((product, axis) => product * axis, 1), 0);
  const values = [graph.input, ...graph.operations.map(({ output }) => output)];
  const perSample = values.reduce((sum, { shape }) => sum + elementCount(shape).factor, 0);
  return 32 * parameters + 4 * budget.wasmChunk.samples * perSample;
}
