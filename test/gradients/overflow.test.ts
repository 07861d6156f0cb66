import { describe, expect, test } from "vitest";
import { arraysIn, trainerMaker, type Target } from "./make-trainer.ts";

/** What reaches a layer by accident, and what float32 still holds. */
const values = [-1e6, -1000, -100, -22, -10.2, 0, 10.2, 100, 1000, 1e6];

describe.each(["typescript", "wasm"] as const)(
  "no gradient is NaN where a function is finite (%s):",
  (target: Target) => {
    test.each(["silu", "gelu", "gelu(approximate=true)", "sigmoid", "mish", "log_sigmoid", "softplus", "tanh", "selu"])(
      "%s",
      async (activation) => {
        const make = await trainerMaker(
          `model M { input [1] Dense(1, activation=${activation}) Dense(1) compile(optimizer=sgd(0), loss=mse) }`,
          target,
        );
        const weights = { dense: { kernel: [1], bias: [0] }, dense_1: { kernel: [1], bias: [0] } };
        for (const value of values) {
          const trainer = make({ weights });
          trainer.step([value], [0]);
          const found = arraysIn(trainer.weights).map(([, array]) => array[0]);
          expect(found, `at ${value}`).toEqual([1, 0, 1, 0]);
        }
      },
    );
  },
);

test("regularizers of frozen weights are no part of the loss, as in Keras", async () => {
  const model = (trainable: boolean): string =>
    `model M { input [2] Dense(2, kernel_regularizer=l2(1), trainable=${trainable}) Dense(1) compile(optimizer=sgd, loss=mse) }`;
  const weights = { dense: { kernel: [1, 1, 1, 1], bias: [0, 0] }, dense_1: { kernel: [0, 0], bias: [0] } };
  const lossOf = async (trainable: boolean): Promise<number> =>
    (await trainerMaker(model(trainable)))({ weights }).step([1, 1], [0]);
  expect(await lossOf(true)).toBe(4);
  expect(await lossOf(false)).toBe(0);
});

test("a label that is ignored and one of the classes counts for metrics", async () => {
  const make = await trainerMaker(
    "model M { input [2] Dense(2, softmax) compile(optimizer=sgd, loss=sparse_categorical_crossentropy(ignore_class=0), metrics=[accuracy]) }",
  );
  const trainer = make({ weights: { dense: { kernel: [10, 0, 0, 10], bias: [0, 0] } } });
  expect(trainer.evaluate([1, 0, 0, 1], [0, 1])["accuracy"]).toBe(1);
});

test("constants of many numbers are no arguments of a call", async () => {
  const make = await trainerMaker(
    "model M { input [1] Dense(70_000, softmax) compile(optimizer=sgd, loss=sparse_categorical_crossentropy, metrics=[accuracy]) }",
  );
  expect(make({ seed: 1 }).step([1], [69_999])).toBeGreaterThan(0);
});
