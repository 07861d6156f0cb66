import type { TargetPlan } from "../data/target-plan.ts";
import { createBatch, type Samples } from "../rows/samples.ts";
import { weighByClass } from "./class-weights.ts";
import type { Trainer, TrainerDims } from "./trainer.ts";

/** Gives a trainer batches of samples. */
export interface Feed {
  readonly samples: Samples;
  /** Batches of all samples; the last one may be shorter. */
  readonly batches: number;
  /** A step on the `at`th batch of the samples in an order. Answers the loss. */
  step(trainer: Trainer, order: Uint32Array, at: number): number;
  observe(trainer: Trainer, at: number): void;
}

/** Those of classes are for training only: Keras validates without them. */
export interface ClassWeighing {
  readonly plan: TargetPlan;
  readonly weights: Float64Array;
}

export interface FeedOptions {
  readonly batchSize: number;
  readonly weighing?: ClassWeighing;
  /** Of a model that has run-time sizes. */
  readonly dims?: TrainerDims;
}

export function createFeed(samples: Samples, { batchSize, weighing, dims }: FeedOptions): Feed {
  const { layout, targetCount, count } = samples;
  const batch = createBatch(samples, Math.min(batchSize, count));
  const size = (at: number): number => Math.min(batchSize, count - at * batchSize);
  // The parts of the batches that are whole, and of the last, made once.
  const part = (rows: number) => ({
    inputs: batch.inputs.subarray(0, rows * layout.inputs),
    targets: batch.targets.subarray(0, rows * targetCount),
    weights: batch.weights.subarray(0, rows),
  });
  const batches = Math.ceil(count / batchSize);
  const whole = part(size(0));
  const last = part(size(batches - 1));
  const fill = (at: number, order: Uint32Array | undefined): typeof whole => {
    const rows = size(at);
    for (let row = 0; row < rows; row++) {
      const sample = at * batchSize + row;
      samples.read(order === undefined ? sample : (order[sample] as number), batch, row);
    }
    return at === batches - 1 ? last : whole;
  };
  return {
    samples,
    batches,
    step(trainer, order, at) {
      const { inputs, targets, weights } = fill(at, order);
      if (weighing !== undefined) weighByClass(batch, size(at), weighing.plan, weighing.weights);
      const isWeighted = layout.isWeighted || weighing !== undefined;
      return trainer.step(inputs, targets, isWeighted ? weights : undefined, dims);
    },
    observe(trainer, at) {
      const { inputs, targets, weights } = fill(at, undefined);
      trainer.observe(inputs, targets, layout.isWeighted ? weights : undefined, dims);
    },
  };
}
