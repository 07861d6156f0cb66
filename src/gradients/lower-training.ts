import type { Model } from "../check/model.ts";
import { shapeDims } from "../ir/shape.ts";
import type { Size } from "../ir/size.ts";
import type { StepTensor } from "../ir/step-graph.ts";
import type { CompiledTraining } from "./compiled-training.ts";
import type { BufferOf } from "./loops/nest-loops.ts";
import { stepKernel, type StepKernel } from "./loops/step-kernels.ts";
import { planMemory, valueSize } from "./plan-memory.ts";
import { trainingProgram, type TrainingProgram } from "./training-program.ts";

/** What a trainer runs, in the order in which it is listed. */
export const programNames = ["step", "observe", "predict", "results"] as const;
export type ProgramName = (typeof programNames)[number];

/** A trainer as loops over named arrays. */
export interface LoweredTraining {
  readonly program: TrainingProgram;
  readonly kernels: Readonly<Record<ProgramName, readonly StepKernel[]>>;
  /** The arrays of values that a trainer holds, by their ids: weights, slots, what a caller brings. */
  readonly held: ReadonlyMap<number, HeldArray>;
  /** Arrays of values between operations, each with room for the largest of the sizes. */
  readonly scratch: ReadonlyMap<string, readonly Size[]>;
  /** The run-time dims of the model, without that of the samples. */
  readonly dims: readonly string[];
  /** Where the values of a program lie. */
  bufferOf(program: ProgramName): BufferOf;
}

export interface HeldArray {
  /** As code may call it, before it is made an identifier. */
  readonly name: string;
  readonly role: HeldRole;
  readonly size: Size;
}

/** What a trainer holds an array for. */
export type HeldRole = "batch" | "weights" | "optimizer" | "masks" | "numbers" | "random" | "constants" | "metrics";

/** States the training of a model as loops. `masked` are the keys of the weights that have a mask. */
export function lowerTraining(model: Model, training: CompiledTraining, masked?: ReadonlySet<string>): LoweredTraining {
  const program = trainingProgram(model, training, masked);
  const held = heldArrays(program);
  const results: Readonly<Record<ProgramName, readonly StepTensor[]>> = {
    step: [program.loss.step],
    observe: [program.loss.observe],
    predict: [program.prediction],
    results: program.metrics.map(({ result }) => result),
  };
  const memory = planMemory(
    programNames.map((name) => ({ operations: program[name], results: results[name] })),
    held,
  );
  const kernels = Object.fromEntries(
    programNames.map((name, at) => {
      const bufferOf = memory.programs[at] as BufferOf;
      return [name, program[name].map((operation) => stepKernel(operation, bufferOf))];
    }),
  ) as unknown as Readonly<Record<ProgramName, readonly StepKernel[]>>;
  return {
    program,
    kernels,
    held,
    scratch: memory.scratch,
    dims: shapeDims(model.inputShape),
    bufferOf: (name) => memory.programs[programNames.indexOf(name)] as BufferOf,
  };
}

/** All that has an array of its own: what comes from outside, and what stays from step to step. */
function heldArrays(program: TrainingProgram): ReadonlyMap<number, HeldArray> {
  const { input, target, sampleWeight, variables, slots, masks, numbers, random, constants, metrics } = program;
  const arrays: readonly (readonly [StepTensor, HeldRole, string])[] = [
    [input, "batch", "batch_inputs"],
    [target, "batch", "batch_targets"],
    [sampleWeight, "batch", "batch_weights"],
    ...variables.map(({ tensor, weight }) => [tensor, "weights", weight.path.join("_")] as const),
    ...slots.map(
      ({ tensor, variable, name }) => [tensor, "optimizer", `${variable.weight.path.join("_")}_${name}`] as const,
    ),
    ...masks.map(({ tensor, variable }) => [tensor, "masks", `${variable.weight.path.join("_")}_mask`] as const),
    ...numbers.map(({ tensor, name }) => [tensor, "numbers", name] as const),
    ...random.map(({ tensor }, at) => [tensor, "random", `random_${at}`] as const),
    ...constants.map(({ tensor }, at) => [tensor, "constants", `constant_${at}`] as const),
    ...metrics.flatMap(({ name, sums }) => sums.map((sum) => [sum.tensor, "metrics", `${name}_${sum.name}`] as const)),
  ];
  const taken = new Set<string>();
  const unique = (name: string): string => {
    let own = name;
    for (let next = 2; taken.has(own); next++) own = `${name}_${next}`;
    taken.add(own);
    return own;
  };
  return new Map(
    arrays.map(([tensor, role, name]) => [tensor.id, { name: unique(name), role, size: valueSize(tensor) }]),
  );
}
