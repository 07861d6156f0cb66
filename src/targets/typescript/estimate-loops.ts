import type { Plan } from "../../ir/loops.ts";
import type { Plans } from "../../passes/plan.ts";
import type { Work } from "../../passes/work.ts";
import { costs } from "./costs.ts";

/** Nanoseconds that one sample is expected to take in loops under some plans. */
export function estimateLoops(work: readonly Work[], plans: Plans): number {
  const computing = work.reduce(
    (sum, { operation, products, elements, functions }) =>
      sum +
      (products * multiplyAddCost(plans.get(operation)) + elements * costs.element + functions * costs.mathFunction),
    0,
  );
  return costs.call + computing;
}

function multiplyAddCost(plan: Plan | undefined): number {
  switch (plan?.strategy) {
    case "straight-line":
      return costs.straightLine;
    case "tiled loops":
      return costs.tiled;
    default:
      return costs.loops;
  }
}
