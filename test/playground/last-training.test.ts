import { expect, test } from "vitest";
import { LastTraining } from "../../examples/playground/src/workers/last-training.ts";
import type { Course, Trainer } from "../../examples/playground/src/workers/training.ts";

const course: Course = {
  inputs: Float64Array.of(1, 2, 3, 4),
  targets: Float64Array.of(1, 2, 3, 4),
  trained: 3,
  tested: 1,
  probes: Float64Array.of(0),
  seed: 1,
};
const pace = { batchSize: 3, learningRate: 0.1 };

/** Tells the learning rate and the size of the batch of each step. */
function fakeTrainer(learningRate: number, steps: (readonly [rate: number, batch: number])[]): Trainer {
  return {
    learningRate,
    step(inputs) {
      steps.push([this.learningRate, inputs.length]);
      return 0;
    },
    evaluate: () => ({ loss: learningRate }),
    forwardBatch: (inputs) => inputs,
    state: () => ({ numbers: {} }),
    restore: () => undefined,
    writeWeights: () => new Uint8Array(1),
  };
}

/** Modules that are loaded when it is said. */
function slowModules() {
  const steps: (readonly [rate: number, batch: number])[] = [];
  const loads: { readonly text: string; done(): void; fail(reason: string): void }[] = [];
  const module = { create: (options: { learningRate: number }) => fakeTrainer(options.learningRate, steps) };
  const last = new LastTraining(
    (text) =>
      new Promise((resolve, reject) => {
        loads.push({ text, done: () => resolve(module), fail: (reason) => reject(new Error(reason)) });
      }),
  );
  return { last, loads, steps };
}

test("what is asked while the module is loaded waits for it, in its order", async () => {
  const { last, loads, steps } = slowModules();
  const told: string[] = [];
  const begun = last.begin({ text: "a", create: "create" }, course, pace).then((training) => {
    told.push("begun");
    return training.measure();
  });
  const changed = last.get().then((training) => {
    told.push("changed");
    training.change({ batchSize: 1, learningRate: 0.5 });
  });
  const advanced = last.get().then((training) => {
    told.push("advanced");
    return training.advance(2, Infinity);
  });
  loads[0]?.done();
  expect((await begun).epoch).toBe(0);
  await changed;
  expect((await advanced).epoch).toBeCloseTo(2 / 3);
  expect(told).toEqual(["begun", "changed", "advanced"]);
  expect(steps).toEqual([
    [0.5, 1],
    [0.5, 1],
  ]);
});

test("the last beginning counts, whichever module is loaded first, and one that is there is not loaded again", async () => {
  const { last, loads } = slowModules();
  const first = last.begin({ text: "a", create: "create" }, course, pace);
  const second = last.begin({ text: "b", create: "create" }, course, pace);
  const asked = last.get();
  loads[1]?.done();
  expect(await asked).toBe(await second);
  loads[0]?.done();
  expect(await first).not.toBe(await second);
  expect(await last.get()).toBe(await second);
  const again = await last.begin({ text: "a", create: "create" }, course, pace);
  expect(await last.get()).toBe(again);
  expect(loads.map(({ text }) => text)).toEqual(["a", "b"]);
});

test("a beginning that fails says why to who began and to who asks, and the next one may succeed", async () => {
  const { last, loads } = slowModules();
  await expect(last.get()).rejects.toThrow("nothing is being trained");
  const begun = last.begin({ text: "a", create: "create" }, course, pace);
  const asked = last.get();
  loads[0]?.fail("no memory");
  await expect(begun).rejects.toThrow("no memory");
  await expect(asked).rejects.toThrow("no memory");
  await expect(last.get()).rejects.toThrow("no memory");
  const next = last.begin({ text: "a", create: "create" }, course, pace);
  loads[1]?.done();
  expect(await last.get()).toBe(await next);
});
