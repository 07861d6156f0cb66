import type { Plan } from "../../ir/loops.ts";
import type { Plans } from "../../passes/plan.ts";
import type { Work } from "../../passes/work.ts";
import type { Costs } from "./costs.ts";

/** Nanoseconds that one sample is expected to take in loops under some plans. */
export function estimateLoops(work: readonly Work[], plans: Plans, costs: Costs): number {
  const computing = work.reduce(
    (sum, { operation, products, terms, elements, functions }) =>
      sum +
      (multiplyAdds(plans.get(operation), products, terms, costs) +
        elements * costs.element +
        functions * costs.mathFunction),
    0,
  );
  return costs.call + computing;
}

function multiplyAdds(plan: Plan | undefined, products: number, terms: number, costs: Costs): number {
  switch (plan?.strategy) {
    case "straight-line":
      return terms * costs.straightLine;
    case "tiled loops":
      return products * costs.tiled;
    default:
      return products * costs.loops;
  }
}
