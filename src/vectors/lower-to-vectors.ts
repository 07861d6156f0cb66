import type { Graph } from "../ir/graph.ts";
import type { DataBuffer, Statement } from "../ir/loops.ts";
import { elementCount, shapeDims } from "../ir/shape.ts";
import type { VectorKernel, VectorProgram } from "../ir/vector-loops.ts";
import { operationLoops, type ComputeOperation } from "../ops/index.ts";
import { forAllSamples, type Samples } from "./all-samples.ts";
import { denseKernel } from "./dense.ts";
import type { InstructionSet } from "./instruction-set.ts";
import { vectorize } from "./vectorize.ts";

/**
 * Spells out every operation on vectors, for any number of samples or for just one. Intermediate results alternate between
 * two buffers.
 */
export function lowerToVectors(graph: Graph, instructions: InstructionSet, samples: Samples = "any"): VectorProgram {
  const stated = graph.operations.filter((operation) => operation.kind !== "reshape");
  const operations = stated.length > 0 ? stated : [copy(graph.input)];
  const input: DataBuffer = { kind: "input", name: "x", size: elementCount(graph.input.shape) };
  const output: DataBuffer = { kind: "output", name: "y", size: elementCount(graph.output.shape) };
  let current = input;
  const kernels = operations.map((operation, position): VectorKernel => {
    const from = current;
    const size = elementCount(operation.output.shape);
    const last = position === operations.length - 1;
    const to: DataBuffer = last ? output : { kind: "scratch", name: position % 2 === 0 ? "a" : "b", size };
    current = to;
    const { origins, folded } = operation;
    return {
      origins,
      ...(folded === undefined ? {} : { folded }),
      input: from,
      output: to,
      body:
        operation.kind === "dense"
          ? denseKernel(operation, from, to, instructions, samples)
          : vectorize(forSamples(operationLoops(operation, { input: from, output: to }), from, to, samples)),
    };
  });
  return { dims: shapeDims(graph.input.shape), input, output, kernels };
}

function forSamples(
  statements: readonly Statement[],
  input: DataBuffer,
  output: DataBuffer,
  samples: Samples,
): readonly Statement[] {
  return samples === "one" ? statements : forAllSamples(statements, input, output);
}

function copy(input: Graph["input"]): ComputeOperation {
  return { kind: "elementwise", input, output: input, functions: [], origins: [] };
}
