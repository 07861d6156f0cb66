import type { Pass } from "../passes/pass.ts";
import type { Samples } from "./all-samples.ts";
import { joinKernels } from "./join-kernels.ts";
import type { VectorProgram } from "./vector-loops.ts";

/** What passes on vectors know beside the program. */
export interface VectorContext {
  readonly samples: Samples;
}

export type VectorPass = Pass<VectorProgram, VectorContext>;

/** The passes on programs of vectors, in order. */
export const vectorPasses: readonly VectorPass[] = [
  {
    name: "join-kernels",
    description: "for one sample: all kernels as one, which reads what it has just stored from its locals",
    run: (program, { samples }) => (samples === "one" ? joinKernels(program) : program),
  },
];
