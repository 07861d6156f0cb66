import type { Graph } from "../ir/graph.ts";
import type { DataBuffer } from "../ir/loops.ts";
import { elementCount } from "../ir/shape.ts";
import type { ComputeOperation } from "../ops/index.ts";

/** The operations that need code. A model without any (only Flatten, say) copies its input. */
export function computeOperations(graph: Graph): readonly ComputeOperation[] {
  const compute = graph.operations.filter((operation) => operation.kind !== "reshape");
  return compute.length > 0 ? compute : [copyOf(graph.input)];
}

export function copyOf(input: Graph["input"]): ComputeOperation {
  return { kind: "elementwise", input, output: input, functions: [], origins: [] };
}

/** Buffers of one sample: those of a model, and what each of its operations reads and writes. */
export interface BufferChain {
  readonly input: DataBuffer;
  readonly output: DataBuffer;
  readonly steps: readonly {
    readonly operation: ComputeOperation;
    readonly input: DataBuffer;
    readonly output: DataBuffer;
  }[];
}

/** Each operation reads what the one before it has written. Intermediate results alternate between two scratch buffers. */
export function chainBuffers(graph: Graph, operations: readonly ComputeOperation[]): BufferChain {
  const input: DataBuffer = { kind: "input", name: "x", size: elementCount(graph.input.shape) };
  const output: DataBuffer = { kind: "output", name: "y", size: elementCount(graph.output.shape) };
  let current = input;
  const steps = operations.map((operation, position) => {
    const from = current;
    const size = elementCount(operation.output.shape);
    const last = position === operations.length - 1;
    current = last ? output : { kind: "scratch", name: position % 2 === 0 ? "a" : "b", size };
    return { operation, input: from, output: current };
  });
  return { input, output, steps };
}
