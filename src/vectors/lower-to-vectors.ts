import type { Graph } from "../ir/graph.ts";
import type { DataBuffer, Statement } from "../ir/loops.ts";
import { shapeDims } from "../ir/shape.ts";
import type { VectorKernel, VectorProgram, VectorStatement } from "./vector-loops.ts";
import { planBuffers, type BufferPlan } from "../lower/plan-buffers.ts";
import { schedule } from "../lower/schedule.ts";
import { operationLoops } from "../ops/index.ts";
import { forAllSamples, type Samples } from "./all-samples.ts";
import { denseKernel } from "./dense.ts";
import type { InstructionSet } from "./instruction-set.ts";
import { int8DenseKernel } from "./int8-dense.ts";
import { quantizeRowsKernel } from "./quantize-rows.ts";
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
      body: kernelBody(step, instructions, samples),
    };
  });
  return { dims: shapeDims(graph.input.shape), input, output, kernels };
}

function kernelBody(
  step: BufferPlan["steps"][number],
  instructions: InstructionSet,
  samples: Samples,
): readonly VectorStatement[] {
  const { operation, inputs, output } = step;
  const input = inputs[0] as DataBuffer;
  switch (operation.kind) {
    case "dense":
      return denseKernel(operation, input, output, instructions, samples);
    case "quantize-rows":
      return quantizeRowsKernel(operation, input, output, samples);
    case "int8-dense":
      return int8DenseKernel(operation, input, output, instructions, samples);
    default:
      return vectorize(forSamples(operationLoops(operation, step), samples));
  }
}

function forSamples(statements: readonly Statement[], samples: Samples): readonly Statement[] {
  return samples === "one" ? statements : forAllSamples(statements);
}
