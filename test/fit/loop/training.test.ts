import { describe, expect, test } from "vitest";
import { lossNamed } from "../data/read-text.ts";
import { planTargets } from "../../../src/fit/data/target-plan.ts";
import { createFeed, type ClassWeighing, type Feed } from "../../../src/fit/loop/feed.ts";
import {
  training,
  type Progress,
  type TrainingEnd,
  type TrainingEvent,
  type TrainingPlan,
} from "../../../src/fit/loop/training.ts";
import type { Trainer } from "../../../src/fit/loop/trainer.ts";
import { createRowWriter } from "../../../src/fit/rows/row-store.ts";
import { samplesOf } from "../../../src/fit/rows/samples.ts";
import { scriptedTrainer } from "./scripted-trainer.ts";

/** Samples `at -> class at % 3`, from 0 on. */
function feed(count: number, batchSize: number, weighing?: ClassWeighing): Feed {
  const writer = createRowWriter(2, { memoryBytes: 2 ** 20 });
  for (let at = 0; at < count; at++) writer.add(Float32Array.of(at, at % 3));
  return createFeed(samplesOf(writer.finish(), { inputs: 1, targets: 1, isWeighted: false }), {
    batchSize,
    ...(weighing && { weighing }),
  });
}

const plan: TrainingPlan = { epochs: 3, seed: 7, shuffle: true };

function run(
  trainer: Trainer,
  data: { readonly training: Feed; readonly validation?: Feed },
  options: Partial<TrainingPlan> = {},
  progress: Progress = { epoch: 0, step: 0, history: [] },
): { readonly events: readonly TrainingEvent[]; readonly end: TrainingEnd; readonly progress: Progress } {
  const loop = training(trainer, data, { ...plan, ...options }, progress, () => false);
  const events: TrainingEvent[] = [];
  for (;;) {
    const next = loop.next();
    if (next.done === true) return { events, end: next.value, progress };
    events.push(next.value);
  }
}

describe("the training loop", () => {
  test("gives all samples in each epoch, in another order each time, the last batch with what is left", () => {
    const { trainer, calls } = scriptedTrainer({});
    const { end } = run(trainer, { training: feed(10, 4) });
    expect(end).toEqual({ kind: "finished" });
    expect(calls.map(({ inputs }) => inputs.length)).toEqual([4, 4, 2, 4, 4, 2, 4, 4, 2]);
    const epochs = [0, 3, 6].map((from) => calls.slice(from, from + 3).flatMap(({ inputs }) => inputs));
    for (const epoch of epochs) expect(epoch.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(epochs.map(String)).size).toBe(3);
    for (const { inputs, targets } of calls) expect(targets).toEqual(inputs.map((at) => at % 3));
  });

  test("the same seed gives the same order, another seed another one, and no shuffling the file's", () => {
    const order = (options: Partial<TrainingPlan>): string => {
      const { trainer, calls } = scriptedTrainer({});
      run(trainer, { training: feed(10, 4) }, options);
      return String(calls.flatMap(({ inputs }) => inputs));
    };
    expect(order({})).toBe(order({}));
    expect(order({})).not.toBe(order({ seed: 8 }));
    expect(order({ seed: 7 + 2 ** 32 })).not.toBe(order({}));
    expect(order({ shuffle: false, epochs: 1 })).toBe("0,1,2,3,4,5,6,7,8,9");
  });

  test("validates at the end of each epoch, in the order of the file and without a step", () => {
    const { trainer, calls } = scriptedTrainer({ results: (at) => ({ loss: at, accuracy: at / 10 }) });
    const { events } = run(trainer, { training: feed(4, 4), validation: feed(5, 3) }, { epochs: 2 });
    expect(calls.map(({ kind, inputs }) => [kind, inputs.length])).toEqual([
      ["step", 4],
      ["observe", 3],
      ["observe", 2],
      ["step", 4],
      ["observe", 3],
      ["observe", 2],
    ]);
    expect(calls[1]?.inputs).toEqual([0, 1, 2]);
    expect(events.filter(({ kind }) => kind === "epoch-ends")).toEqual([
      {
        kind: "epoch-ends",
        epoch: 1,
        results: { loss: 1, accuracy: 0.1, val_loss: 2, val_accuracy: 0.2 },
        isBest: true,
      },
      {
        kind: "epoch-ends",
        epoch: 2,
        results: { loss: 3, accuracy: 0.3, val_loss: 4, val_accuracy: 0.4 },
        isBest: false,
      },
    ]);
  });

  test("stops when the loss was no better for as long as patience lasts, and keeps the best weights", () => {
    const losses = [5, 3, 4, 3, 3.5, 2, 1];
    const { trainer } = scriptedTrainer({ results: (at) => ({ loss: losses[at - 1] as number }) });
    const { end, progress } = run(trainer, { training: feed(4, 4) }, { epochs: 7, patience: 3 });
    expect(end).toEqual({ kind: "stopped-early" });
    expect(progress).toMatchObject({ epoch: 5, best: { epoch: 2, value: 3, weights: Uint8Array.of(2) } });
    const patient = scriptedTrainer({ results: (at) => ({ loss: losses[at - 1] as number }) });
    expect(run(patient.trainer, { training: feed(4, 4) }, { epochs: 7, patience: 4 }).end).toEqual({
      kind: "finished",
    });
  });

  test("the loss of the validation decides where there is one", () => {
    const { trainer } = scriptedTrainer({ results: (at) => ({ loss: at % 2 === 1 ? 10 - at : at }) });
    const { progress } = run(trainer, { training: feed(4, 4), validation: feed(4, 4) }, { epochs: 4, patience: 2 });
    expect(progress).toMatchObject({ epoch: 3, best: { epoch: 1, value: 2 } });
  });

  test.each([
    [Number.NaN, true],
    [Number.POSITIVE_INFINITY, false],
    // Infinite as float32, as weights are written.
    [1e39, false],
  ])("stops at a loss that is %s", (loss, isNaN) => {
    const { trainer, calls } = scriptedTrainer({ step: (step) => (step === 4 ? loss : 1) });
    const { end } = run(trainer, { training: feed(10, 4) });
    expect(end).toEqual({ kind: "diverged", of: "loss", epoch: 2, step: 1, isNaN });
    expect(calls.length).toBe(4);
  });

  test("stops at a validation whose loss is NaN", () => {
    const { trainer } = scriptedTrainer({ results: (at) => ({ loss: at === 2 ? Number.NaN : 1 }) });
    const { end, progress } = run(trainer, { training: feed(4, 4), validation: feed(4, 4) });
    expect(end).toEqual({ kind: "diverged", of: "validation", epoch: 1, isNaN: true });
    expect(progress.history).toEqual([]);
  });

  test.each([Number.NaN, Number.NEGATIVE_INFINITY, 3.5e38])("stops at weights of %s, which no file has", (weight) => {
    const { trainer } = scriptedTrainer({ weights: { a: { b: { kernel: Float64Array.of(0, weight) } } } });
    const { end, progress } = run(trainer, { training: feed(4, 4) });
    expect(end).toEqual({ kind: "diverged", of: "weights", epoch: 1, isNaN: false });
    expect(progress.history).toEqual([]);
  });

  test("goes on within an epoch with the same samples", () => {
    const whole = scriptedTrainer({});
    run(whole.trainer, { training: feed(10, 4) });
    const rest = scriptedTrainer({});
    run(rest.trainer, { training: feed(10, 4) }, {}, { epoch: 1, step: 2, history: [{ loss: 1 }] });
    expect(rest.calls).toEqual(whole.calls.slice(5));
  });

  test("weights of classes are those of samples in training, and not in the validation", () => {
    const targets = planTargets({ name: "M", labels: [] }, [3], lossNamed("sparse_categorical_crossentropy"));
    const weighing = { plan: targets, weights: Float64Array.of(1, 5, 0.5) };
    const { trainer, calls } = scriptedTrainer({});
    const data = { training: feed(4, 4, weighing), validation: feed(2, 4) };
    run(trainer, data, { epochs: 1, shuffle: false });
    expect(calls.map(({ weights }) => weights)).toEqual([[1, 5, 0.5, 1], undefined]);
  });
});
