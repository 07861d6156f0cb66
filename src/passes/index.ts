import type { Kernel, LoopProgram, Statement } from "../ir/loops.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import { rowVariable } from "../ops/dense.ts";
import { accumulate } from "./accumulate.ts";
import { forwardStores } from "./forward-stores.ts";
import { literals } from "./literals.ts";
import type { PlanOptions } from "./plan.ts";
import { shareIndices } from "./share-indices.ts";
import { shareLoads } from "./share-loads.ts";
import { tile } from "./tile.ts";
import { unroll } from "./unroll.ts";

/** Applies each kernel's plan, then what every kernel gains from. The order is the order of the lines. */
export function optimize(program: LoopProgram, options: PlanOptions, arrays: WeightArrays): LoopProgram {
  return { ...program, kernels: program.kernels.map((kernel) => optimizeKernel(kernel, options, arrays)) };
}

function optimizeKernel(kernel: Kernel, options: PlanOptions, arrays: WeightArrays): Kernel {
  let body: readonly Statement[] = kernel.body;
  switch (kernel.plan.strategy) {
    case "straight-line":
      body = unroll(body, (loop) => options.unroll === "full" || loop.variable !== rowVariable);
      body = literals(body, arrays);
      body = accumulate(body);
      body = forwardStores(body);
      break;
    case "tiled loops":
      body = tile(body);
      break;
    case "loops":
      break;
  }
  body = shareLoads(body, kernel.input);
  body = shareIndices(body);
  return { ...kernel, body };
}
