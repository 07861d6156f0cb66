import { roundToBfloat16 } from "../../ir/bfloat16.ts";
import type { Graph, Operation, WeightTensor } from "../../ir/graph.ts";
import type { WeightArrays } from "../../ir/weight-arrays.ts";
import { knownValues } from "./affine.ts";

/**
 * Marks the kernels of dense operations as stored as bfloat16, and rounds those that are known, so that all kinds of
 * code compute with the same numbers. After folding: a folded kernel is rounded once, not its factors. Biases and all
 * other arrays stay as they are; there are few of them.
 */
export function roundKernels(graph: Graph, arrays: WeightArrays): Graph {
  const round = (kernel: WeightTensor): WeightTensor => {
    const values = knownValues(kernel, arrays);
    return { ...kernel, precision: "bfloat16", ...(values === undefined ? {} : { values: roundToBfloat16(values) }) };
  };
  return {
    ...graph,
    operations: graph.operations.map((operation): Operation =>
      operation.kind === "dense" ? { ...operation, kernel: round(operation.kernel) } : operation,
    ),
  };
}
