import type { LoopProgram } from "../ir/loops.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import { loopPasses } from "./loops/index.ts";
import { runPasses, type PassOptions } from "./pass.ts";
import type { PlanOptions } from "./plan.ts";

/**
 * Applies each kernel's plan, then what every kernel gains from. `arrays` are the trained arrays that are part of the
 * module. The order is that of `loopPasses`.
 */
export function optimize(
  program: LoopProgram,
  options: PlanOptions,
  arrays: WeightArrays,
  passOptions: PassOptions<LoopProgram> = {},
): LoopProgram {
  return runPasses(loopPasses, program, { options, arrays }, passOptions);
}
