import { blockInputs, findBlocks } from "../../ir/blocks.ts";
import type { Blocks, DenseOperation, Graph, Operation, WeightTensor } from "../../ir/graph.ts";
import type { WeightArrays } from "../../ir/weight-arrays.ts";
import { blockTime } from "../block-time.ts";
import { costs } from "../costs.ts";
import { knownValues } from "./affine.ts";

/**
 * Finds the weights of dense operations that are 0, where they are known: how many there are, which straight-line code leaves
 * out, and blocks of them, which loops skip. Of arrays that a module reads from a file (`inModule` false) only blocks are used.
 */
export function findZeros(graph: Graph, arrays: WeightArrays, inModule: boolean): Graph {
  return {
    ...graph,
    operations: graph.operations.map((operation): Operation =>
      operation.kind === "dense" ? withZeros(operation, arrays, inModule) : operation,
    ),
  };
}

function withZeros(operation: DenseOperation, arrays: WeightArrays, inModule: boolean): DenseOperation {
  const values = knownValues(operation.kernel, arrays);
  if (values === undefined) return operation;
  let zeros = 0;
  for (const value of values) if (value === 0) zeros++;
  if (zeros === 0) return operation;
  const blocks = worthwhileBlocks(values, operation.kernel);
  return {
    ...operation,
    ...(inModule ? { zeros } : {}),
    ...(blocks === undefined ? {} : { kernel: { ...operation.kernel, blocks } }),
  };
}

/** The blocks of a kernel, where loops over them are faster than loops over all of it. */
function worthwhileBlocks(values: Float32Array | Float64Array, kernel: WeightTensor): Blocks | undefined {
  const [inputs = 0] = kernel.shape;
  if (inputs < blockInputs) return undefined;
  const blocks = findBlocks(values, kernel);
  return blockTime(blocks, kernel.shape) <= costs.worthwhileBlocks ? blocks : undefined;
}
