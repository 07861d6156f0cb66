import { describe, expect, test } from "vitest";
import { schedules } from "../../src/training/schedules/index.ts";
import { readJson } from "../keras/keras-case.ts";
import { callText } from "./support/call-text.ts";
import { expectNear } from "./support/expect-near.ts";
import { titleOf, type RecordedObject } from "./support/keras-object.ts";
import { predictionTrainer, tableOf } from "./support/prediction-model.ts";

interface Recorded {
  readonly iterations: readonly number[];
  readonly cases: readonly (RecordedObject & { readonly rates: readonly number[] })[];
}

const { iterations, cases } = readJson<Recorded>("compile/schedules.json");

describe.each([
  ["typescript", 1e-14],
  ["wasm", 1e-7],
] as const)("learning rates are those of Keras: %s", (target, bound) => {
  test.each(cases.map((recorded) => ({ title: titleOf(recorded), recorded })))("$title", async ({ recorded }) => {
    const clause = `optimizer=sgd(learning_rate=${callText(recorded)}), loss=mean_absolute_error`;
    const { trainer } = await predictionTrainer({ shape: [1, 1], data: [0] }, clause, target);
    const table = tableOf(trainer);
    const rates = Array.from({ length: Math.max(...iterations) + 1 }, () => {
      // Below its target the prediction has the gradient -1.
      table[0] = 0;
      trainer.step([0], [100]);
      return table[0]!;
    });
    const expected = recorded.rates;
    expectNear(
      iterations.map((iteration) => rates[iteration]!),
      expected,
      "rate",
      bound,
    );
  });
});

test("each schedule has cases", () => {
  const tried = new Set(cases.map(({ class_name: name }) => name));
  expect(schedules.filter(({ className }) => !tried.has(className))).toEqual([]);
});
