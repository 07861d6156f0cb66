import type { Graph } from "../ir/graph.ts";
import type { DataBuffer, Statement } from "../ir/loops.ts";
import { shapeDims } from "../ir/shape.ts";
import type { VectorKernel, VectorProgram } from "./vector-loops.ts";
import { chainBuffers, computeOperations } from "../lower/buffer-chain.ts";
import { operationLoops } from "../ops/index.ts";
import { forAllSamples, type Samples } from "./all-samples.ts";
import { denseKernel } from "./dense.ts";
import type { InstructionSet } from "./instruction-set.ts";
import { vectorize } from "./vectorize.ts";

/** Spells out every operation on vectors, for any number of samples or for just one. */
export function lowerToVectors(graph: Graph, instructions: InstructionSet, samples: Samples = "any"): VectorProgram {
  const { input, output, steps } = chainBuffers(graph, computeOperations(graph));
  const kernels = steps.map((step): VectorKernel => {
    const { operation, input: from, output: to } = step;
    const { origins, folded } = operation;
    return {
      origins,
      ...(folded === undefined ? {} : { folded }),
      input: from,
      output: to,
      body:
        operation.kind === "dense"
          ? denseKernel(operation, from, to, instructions, samples)
          : vectorize(forSamples(operationLoops(operation, step), from, to, samples)),
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
