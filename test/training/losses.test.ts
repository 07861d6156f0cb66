import { describe, expect, test } from "vitest";
import { losses } from "../../src/training/losses/index.ts";
import type { Target } from "../gradients/make-trainer.ts";
import { readJson } from "../keras/keras-case.ts";
import { callText } from "./support/call-text.ts";
import { expectNear } from "./support/expect-near.ts";
import { titleOf, type RecordedObject } from "./support/keras-object.ts";
import type { Numbers } from "./support/one-hot.ts";
import { predictionTrainer } from "./support/prediction-model.ts";

interface Case extends RecordedObject {
  readonly target: Numbers;
  readonly prediction: Numbers;
  readonly loss: number;
  readonly weighted?: number;
  readonly gradient: Numbers;
}

const { weights, cases } = readJson<{ readonly weights: readonly number[]; readonly cases: readonly Case[] }>(
  "compile/losses.json",
);

const numbered = cases.map((recorded, at) => ({ title: `${titleOf(recorded)} ${at}`, recorded }));

describe.each([
  ["typescript", 1e-11],
  ["wasm", 2e-5],
] as const)("losses of a batch and their gradients are those of Keras: %s", (to: Target, bound) => {
  test.each(numbered)("$title", async ({ recorded }) => {
    const { target, prediction, loss, gradient } = recorded;
    const clause = `optimizer=sgd(learning_rate=1), loss=${callText(recorded)}`;
    const { trainer, inputs, predictions } = await predictionTrainer(prediction, clause, to);
    if (recorded.weighted !== undefined) {
      const found = trainer.evaluate(inputs, target.data, weights)["loss"]!;
      expectNear([found], [recorded.weighted], "weighted loss", bound);
    }
    const before = predictions();
    expectNear([trainer.step(inputs, target.data)], [loss], "loss", bound);
    const after = predictions();
    // The gradient is what the predictions lose, with the digits that these have.
    const digits = to === "wasm" ? 2e-7 * Math.max(...before.map(Math.abs)) : 0;
    expectNear(
      before.map((value, at) => value - after[at]!),
      gradient.data,
      "gradient",
      bound + digits,
    );
  });
});

test("each loss has cases", () => {
  const tried = new Set(cases.map(({ class_name: name }) => name));
  expect(losses.filter(({ className }) => !tried.has(className))).toEqual([]);
});
