import type { Graph } from "../ir/graph.ts";
import { elementCount, shapeDims } from "../ir/shape.ts";
import { isStatic } from "../ir/size.ts";
import { multiplyAdds } from "../ops/index.ts";
import { runPasses, type PassOptions } from "../passes/pass.ts";
import { fewestMany, type Samples } from "./all-samples.ts";
import type { InstructionSet } from "./instruction-set.ts";
import { lowerToVectors } from "./lower-to-vectors.ts";
import { vectorPasses } from "./passes.ts";
import { vectorWeightLength } from "./program-weights.ts";
import type { VectorProgram } from "./vector-loops.ts";
import { verifyVectors } from "./verify-vectors.ts";

/** The programs of a model on vectors. */
export interface ModelPrograms {
  /** For any number of samples; for `fewestMany` and more where there is another one for a single sample. */
  readonly program: VectorProgram;
  /** For one sample, where a model is so small that it is worth its code. */
  readonly single?: VectorProgram;
}

/** Lowers a graph to programs on vectors, which are verified: after every pass with `verifyEach`, else at the end. */
export function modelPrograms(
  graph: Graph,
  instructions: InstructionSet,
  { verifyEach = false, until }: { readonly verifyEach?: boolean; readonly until?: string | undefined } = {},
): ModelPrograms {
  const make = (samples: Samples): VectorProgram => {
    const verify = (program: VectorProgram): void =>
      verifyVectors(program, vectorWeightLength, samples === "many" ? fewestMany : 1);
    const options: PassOptions<VectorProgram> = { until, verify: verifyEach ? verify : undefined };
    const program = runPasses(vectorPasses, lowerToVectors(graph, instructions, samples), { samples }, options);
    verify(program);
    return program;
  };
  return isSmall(graph) ? { program: make("many"), single: make("one") } : { program: make("any") };
}

/** Multiply-adds and elements of a model that is worth a function of its own for one sample. */
const smallWork = 16_384;

/** Static sizes, no lookups, and little to do. */
function isSmall({ operations, input }: Graph): boolean {
  const work = operations.reduce((sum, operation) => {
    if (operation.kind === "reshape") return sum;
    const size =
      operation.kind === "dense" || operation.kind === "int8-dense" || operation.kind === "einsum"
        ? multiplyAdds(operation)
        : elementCount(operation.output.shape);
    return sum + (isStatic(size) && operation.kind !== "embedding" ? size.factor : Infinity);
  }, 0);
  return shapeDims(input.shape).length === 0 && work <= smallWork;
}
