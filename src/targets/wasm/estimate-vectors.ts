import type { Graph } from "../../ir/graph.ts";
import { elementCount } from "../../ir/shape.ts";
import { estimatedSize, type Work } from "../../passes/work.ts";
import type { Costs } from "./costs.ts";

/** Nanoseconds that one sample is expected to take in WebAssembly, by what a runtime's instructions cost. */
export function estimateVectors({ input, output }: Graph, work: readonly Work[], costs: Costs): number {
  const copied = estimatedSize(elementCount(input.shape)) + estimatedSize(elementCount(output.shape));
  const bytes = work.reduce((total, { weightBytes }) => total + weightBytes, 0);
  const perWeight = bytes > costs.cachedBytes ? costs.streamed : costs.multiplyAdd;
  const computing = work.reduce(
    (sum, { products, elements, functions, reductions, isDense }) =>
      sum +
      (costs.layer +
        reductions * costs.reduction +
        products * (isDense ? perWeight : costs.contraction) +
        elements * costs.element +
        functions * costs.mathFunction),
    0,
  );
  return costs.call + copied * costs.copied + computing;
}
