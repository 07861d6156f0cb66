import type { Graph, Operation, WeightTensor } from "../../ir/graph.ts";
import { defaultPrecision, storageTypes, type Precision } from "../../ir/storage-types.ts";
import type { WeightArrays } from "../../ir/weight-arrays.ts";
import { knownValues } from "./affine.ts";

/**
 * Marks the kernels of dense operations as stored in a precision, and rounds those that are known, so that all kinds of
 * code compute with the same numbers. After folding: a folded kernel is rounded once, not its factors. Biases and all
 * other arrays stay as they are; there are few of them.
 */
export function roundKernels(graph: Graph, precision: Precision, arrays: WeightArrays): Graph {
  if (precision === defaultPrecision) return graph;
  const round = (kernel: WeightTensor): WeightTensor => {
    const values = knownValues(kernel, arrays);
    return { ...kernel, precision, ...(values === undefined ? {} : { values: storageTypes[precision].round(values) }) };
  };
  return {
    ...graph,
    operations: graph.operations.map((operation): Operation =>
      operation.kind === "dense" ? { ...operation, kernel: round(operation.kernel) } : operation,
    ),
  };
}
