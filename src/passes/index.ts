import type { Kernel, LoopProgram, Statement } from "../ir/loops.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import { rowVariable } from "../ops/dense.ts";
import { accumulate } from "./loops/accumulate.ts";
import { batch } from "./loops/batch.ts";
import { budget } from "./budget.ts";
import { forwardStores } from "./loops/forward-stores.ts";
import { literals } from "./loops/embed-weights.ts";
import type { PlanOptions } from "./plan.ts";
import { shareIndices } from "./loops/share-indices.ts";
import { shareLoads } from "./loops/share-loads.ts";
import { tile, type TileOptions } from "./loops/tile.ts";
import { unroll } from "./loops/unroll.ts";

/** Applies each kernel's plan, then what every kernel gains from. The order is the order of the lines. */
export function optimize(program: LoopProgram, options: PlanOptions, arrays: WeightArrays): LoopProgram {
  const batched = batch(program, options.unroll === "tiles" ? budget.wasmChunk : budget.chunk);
  const work = batched.kernels.reduce((sum, { multiplyAdds }) => sum + multiplyAdds.factor, 0);
  const optimized = batched.kernels.map((kernel) => {
    // What only stands in for another target is to be short.
    const pairs = options.unroll !== "tiles" && kernel.multiplyAdds.factor >= work * budget.pairedRowsShare;
    return optimizeKernel(kernel, arrays, options, { lanes: options.panelLanes ?? 1, pairs });
  });
  return { ...batched, kernels: optimized };
}

function optimizeKernel(kernel: Kernel, arrays: WeightArrays, options: PlanOptions, tiles: TileOptions): Kernel {
  let body: readonly Statement[] = kernel.body;
  switch (kernel.plan.strategy) {
    case "straight-line":
      body = unroll(body, (loop) => options.unroll === "full" || loop.variable !== rowVariable);
      body = literals(body, arrays);
      body = accumulate(body);
      body = forwardStores(body);
      break;
    case "tiled loops":
      body = tile(body, tiles);
      break;
    case "loops":
      break;
  }
  body = shareLoads(body, kernel.inputs);
  body = shareIndices(body);
  return { ...kernel, body };
}
