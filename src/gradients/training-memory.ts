import { samplesDim } from "../ir/samples.ts";
import { largestSizes, sumSizes, type Size } from "../ir/size.ts";
import type { StepOperation } from "../ir/step-graph.ts";
import { inputsOf, outputsOf } from "./differentiate.ts";
import type { HeldRole, LoweredTraining } from "./lower-training.ts";
import { valueSize } from "./plan-memory.ts";

/** How many numbers a trainer keeps for batches of a size. Each is a sum, over run-time dims. */
export interface TrainingMemory {
  readonly weights: readonly Size[];
  /** What the optimizer keeps beside them. */
  readonly optimizer: readonly Size[];
  /** Values between the operations of a step: activations and gradients, in arrays that serve one after the other. */
  readonly values: readonly Size[];
  /** Inputs and targets of a batch, and what each sample counts. */
  readonly batch: readonly Size[];
  /** Masks of weights, random and constant numbers, and sums of metrics. */
  readonly other: readonly Size[];
  readonly total: readonly Size[];
  /**
   * What no step that computes nothing twice can do without: weights, their gradients, what the optimizer keeps, and the
   * values of the forward pass that the backward pass reads, each once.
   */
  readonly least: readonly Size[];
}

/** The memory that `planMemory` gives a trainer, for batches of so many samples. */
export function trainingMemory({ program, held, scratch }: LoweredTraining, samples: number): TrainingMemory {
  const summed = (sizes: readonly Size[]): readonly Size[] => sumSizes(sizes.map((size) => withSamples(size, samples)));
  const ofRole = (...roles: readonly HeldRole[]): readonly Size[] =>
    [...held.values()].filter(({ role }) => roles.includes(role)).map(({ size }) => size);
  // Arrays of one size but for the samples share one; those of several sums are as large as all of them, at most.
  const values = [...scratch.values()].flatMap((sizes) => largestSizes(sizes));
  const weights = ofRole("weights");
  const optimizer = ofRole("optimizer");
  const gradients = program.variables.filter(({ trainable }) => trainable).map(({ tensor }) => valueSize(tensor));
  return {
    weights: summed(weights),
    optimizer: summed(optimizer),
    values: summed(values),
    batch: summed(ofRole("batch")),
    other: summed(ofRole("masks", "numbers", "random", "constants", "metrics")),
    total: summed([...[...held.values()].map(({ size }) => size), ...values]),
    least: summed([
      ...weights,
      ...gradients,
      ...optimizer,
      ...keptActivations(program.step, program.loss.step.id, held),
    ]),
  };
}

/** The sizes of the values that are computed up to the loss, and read behind it. */
function keptActivations(
  operations: readonly StepOperation[],
  loss: number,
  held: ReadonlyMap<number, unknown>,
): readonly Size[] {
  const end = operations.findIndex((operation) => outputsOf(operation).some(({ id }) => id === loss));
  const readLater = new Set(operations.slice(end + 1).flatMap((operation) => inputsOf(operation).map(({ id }) => id)));
  const kept = operations
    .slice(0, end)
    .flatMap(outputsOf)
    .filter(({ id }) => readLater.has(id) && !held.has(id));
  return [...new Map(kept.map((tensor) => [tensor.id, valueSize(tensor)])).values()];
}

function withSamples({ factor, dims }: Size, samples: number): Size {
  const others = dims.filter((dim) => dim !== samplesDim);
  return { factor: factor * samples ** (dims.length - others.length), dims: others };
}
