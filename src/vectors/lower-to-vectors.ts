import type { Graph } from "../ir/graph.ts";
import type { DataBuffer, Statement } from "../ir/loops.ts";
import { shapeDims } from "../ir/shape.ts";
import type { VectorKernel, VectorProgram } from "./vector-loops.ts";
import { planBuffers } from "../lower/plan-buffers.ts";
import { schedule } from "../lower/schedule.ts";
import { operationLoops } from "../ops/index.ts";
import { forAllSamples, type Samples } from "./all-samples.ts";
import { denseKernel } from "./dense.ts";
import type { InstructionSet } from "./instruction-set.ts";
import { vectorize } from "./vectorize.ts";

/** Spells out every operation on vectors, for any number of samples or for just one. */
export function lowerToVectors(graph: Graph, instructions: InstructionSet, samples: Samples = "any"): VectorProgram {
  const { input, output, steps } = planBuffers(schedule(graph));
  const kernels = steps.map((step): VectorKernel => {
    const { operation, inputs, output: to } = step;
    const { origins, folded } = operation;
    return {
      origins,
      ...(folded === undefined ? {} : { folded }),
      inputs,
      output: to,
      body:
        operation.kind === "dense"
          ? denseKernel(operation, inputs[0] as DataBuffer, to, instructions, samples)
          : vectorize(forSamples(operationLoops(operation, step), samples)),
    };
  });
  return { dims: shapeDims(graph.input.shape), input, output, kernels };
}

function forSamples(statements: readonly Statement[], samples: Samples): readonly Statement[] {
  return samples === "one" ? statements : forAllSamples(statements);
}
