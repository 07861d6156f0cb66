import { epochOrder } from "./epoch-order.ts";
import type { Feed } from "./feed.ts";
import { areFinite } from "./finite-weights.ts";
import { finishedWeights } from "./finished-weights.ts";
import type { Results, Trainer } from "./trainer.ts";

export interface TrainingPlan {
  readonly epochs: number;
  readonly seed: number;
  readonly shuffle: boolean;
  /** Epochs without a better value before training ends. */
  readonly patience?: number;
  /** The first epoch that may be the best: the weights of those before it are not what is wanted. */
  readonly bestFrom?: number;
  /** What there is to say of an epoch at its end, beside the results of the trainer. */
  readonly measure?: () => Results;
}

export interface TrainingData {
  readonly training: Feed;
  readonly validation?: Feed;
}

/** How far training is; all that it depends on besides the trainer. Changes while it goes on. */
export interface Progress {
  /** Whole epochs that are behind. */
  epoch: number;
  /** Steps of the next one that are behind. */
  step: number;
  /** Those of the training samples, where only the validation of that epoch is left. */
  results?: Results;
  /** Of each epoch; names of the validation's begin with `val_`. */
  readonly history: Results[];
  best?: BestEpoch;
}

/** The epoch with the least loss so far, of the validation where there is one. */
export interface BestEpoch {
  /** Counted from 1. */
  readonly epoch: number;
  readonly value: number;
  /** A safetensors file. */
  readonly weights: Uint8Array;
}

export type TrainingEvent =
  | { readonly kind: "epoch-begins"; readonly epoch: number; readonly done: number; readonly steps: number }
  /** Some more steps are done; `progress` and the trainer are what a later run can go on from. */
  | { readonly kind: "steps"; readonly done: number; readonly steps: number }
  | { readonly kind: "epoch-ends"; readonly epoch: number; readonly results: Results; readonly isBest: boolean };

export type TrainingEnd = { readonly kind: "finished" } | { readonly kind: "stopped-early" } | Divergence;

/**
 * What must be a number is none any more, or infinite as float32, in which weights are written: the loss of a step, that of the
 * validation, or weights, whose loss may be finite in float64. Epochs and steps count from 1.
 */
export interface Divergence {
  readonly kind: "diverged";
  readonly of: "loss" | "validation" | "weights";
  readonly epoch: number;
  readonly step?: number;
  readonly isNaN: boolean;
}

/**
 * Trains epoch by epoch from where `progress` is. Between events it holds still: whoever takes them may look at the trainer,
 * print and write, or end it. `isDue` tells when there has been no event for so long that people want one; nothing else depends
 * on it.
 */
export function* training(
  trainer: Trainer,
  { training: feed, validation }: TrainingData,
  plan: TrainingPlan,
  progress: Progress,
  isDue: () => boolean,
): Generator<TrainingEvent, TrainingEnd, void> {
  while (progress.epoch < plan.epochs && !isOutOfPatience(plan, progress)) {
    const epoch = progress.epoch + 1;
    const steps = feed.batches;
    yield { kind: "epoch-begins", epoch, done: progress.step, steps };
    if (progress.step === 0) trainer.resetResults();
    const order = epochOrder(feed.samples.count, plan.seed, epoch, plan.shuffle);
    while (progress.step < steps) {
      const loss = feed.step(trainer, order, progress.step);
      progress.step += 1;
      if (!isFloat32(loss)) return diverged("loss", loss, epoch, progress.step);
      if (isDue()) yield { kind: "steps", done: progress.step, steps };
    }
    progress.results ??= trainer.results();
    const loss = progress.results["loss"] as number;
    // No step was without a number, but their sum may be.
    if (!isFloat32(loss)) return diverged("loss", loss, epoch, steps);
    const validated = validation && (yield* observeAll(trainer, validation, steps, isDue));
    const value = validated === undefined ? loss : (validated["loss"] as number);
    if (!isFloat32(value)) return diverged("validation", value, epoch);
    if (!areFinite(trainer.weights)) return diverged("weights", Infinity, epoch);

    const results = { ...progress.results, ...(validated && withPrefix(validated)), ...plan.measure?.() };
    const mayBeBest = epoch >= (plan.bestFrom ?? 1);
    const isBest = mayBeBest && (progress.best === undefined || value < progress.best.value);
    if (isBest) progress.best = { epoch, value, weights: finishedWeights(trainer) };
    progress.history.push(results);
    progress.epoch = epoch;
    progress.step = 0;
    delete progress.results;
    yield { kind: "epoch-ends", epoch, results, isBest };
  }
  return { kind: isOutOfPatience(plan, progress) ? "stopped-early" : "finished" };
}

function isFloat32(value: number): boolean {
  return Number.isFinite(Math.fround(value));
}

function diverged(of: Divergence["of"], value: number, epoch: number, step?: number): Divergence {
  return { kind: "diverged", of, epoch, ...(step === undefined ? {} : { step }), isNaN: Number.isNaN(value) };
}

/** As Keras' EarlyStopping: so many epochs in a row were no better than the best. */
function isOutOfPatience({ patience }: TrainingPlan, { epoch, best }: Progress): boolean {
  return patience !== undefined && best !== undefined && epoch - best.epoch >= Math.max(1, patience);
}

/** Loss and metrics of all samples of a feed. */
function* observeAll(
  trainer: Trainer,
  feed: Feed,
  steps: number,
  isDue: () => boolean,
): Generator<TrainingEvent, Results, void> {
  trainer.resetResults();
  for (let at = 0; at < feed.batches; at++) {
    feed.observe(trainer, at);
    if (isDue()) yield { kind: "steps", done: steps, steps };
  }
  return trainer.results();
}

function withPrefix(results: Results): Results {
  return Object.fromEntries(Object.entries(results).map(([name, value]) => [`val_${name}`, value]));
}
