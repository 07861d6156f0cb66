import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createRandom, fit, type Samples } from "./fit.ts";
import { arraysIn, trainerMaker, type Target, type Trainer } from "./make-trainer.ts";

const seeds = [1, 2] as const;

const xor = {
  text: `model M { input [2] Dense(8, activation=tanh) Dense(1, activation=sigmoid)
    compile(optimizer=adam(0.05), loss=binary_crossentropy, metrics=[accuracy]) }`,
  inputs: [0, 0, 0, 1, 1, 0, 1, 1],
  targets: [0, 1, 1, 0],
} as const;

describe.each(["typescript", "wasm"] satisfies Target[])("%s learns", (target) => {
  test.each(seeds)("xor, to certainty, from seed %d", async (seed) => {
    const trainer = (await trainerMaker(xor.text, target))({ seed });
    for (let epoch = 0; epoch < 300; epoch++) trainer.step(xor.inputs, xor.targets);
    expect(trainer.evaluate(xor.inputs, xor.targets)["accuracy"]).toBe(1);
    const outputs = trainer.forwardBatch(xor.inputs);
    outputs.forEach((found, at) => expect(Math.abs(found - xor.targets[at]!)).toBeLessThan(0.01));
  });

  test.each(seeds)("two spirals, the places between their points, too, from seed %d", async (seed) => {
    const make = await trainerMaker(
      `model M { input [2] repeat 3 { Dense(24, activation=tanh) } Dense(1, activation=sigmoid)
        compile(optimizer=adam(cosine_decay(0.01, 2000)), loss=binary_crossentropy, metrics=[accuracy]) }`,
      target,
    );
    const trainer = make({ seed });
    expect(evaluate(trainer, twoSpirals(0.5))["accuracy"]).toBeLessThan(0.75);
    fit(trainer, twoSpirals(0), { epochs: 200, batch: 20, seed });
    expect(evaluate(trainer, twoSpirals(0))["accuracy"]).toBeGreaterThanOrEqual(0.95);
    expect(evaluate(trainer, twoSpirals(0.5))["accuracy"]).toBeGreaterThanOrEqual(0.95);
  });

  test.each(seeds)("a surface from samples with noise, from seed %d", async (seed) => {
    const make = await trainerMaker(
      `model M { input [2] Dense(32, activation=gelu) Dense(32, activation=gelu) Dense(1)
        compile(optimizer=adamw(0.01, weight_decay=1e-4), loss=mse, metrics=[r2_score]) }`,
      target,
    );
    const trainer = make({ seed });
    const unseen = surface(200, 2);
    expect(evaluate(trainer, unseen)["r2_score"]).toBeLessThan(0.5);
    fit(trainer, surface(600, 1), { epochs: 40, batch: 32, seed });
    expect(evaluate(trainer, unseen)["r2_score"]).toBeGreaterThanOrEqual(0.95);
  });

  test("xor in 200 epochs as Keras learned it in float32, from the same weights", async () => {
    const run = JSON.parse(
      readFileSync(new URL("../fixtures/keras/xor_fit.json", import.meta.url), "utf8"),
    ) as KerasFit;
    const weights: Record<string, Record<string, readonly number[]>> = {};
    for (const [path, { data }] of Object.entries(run.initial_weights)) {
      const [, layer = "", weight = ""] = path.split("/");
      (weights[layer] ??= {})[weight] = data.map(Math.fround);
    }
    const trainer = (await trainerMaker(xor.text, target))({ weights });
    run.loss_per_epoch.forEach((loss, epoch) => {
      trainer.resetResults();
      expect(Math.abs(trainer.step(xor.inputs, xor.targets) - loss)).toBeLessThanOrEqual(2e-5);
      expect(trainer.results()["accuracy"]).toBe(run.accuracy_per_epoch[epoch]);
    });
    for (const [path, values] of arraysIn(trainer.weights)) {
      const expected = run.final_weights[`sequential/${path}`]!.data;
      values.forEach((value, at) => expect(Math.abs(value - expected[at]!)).toBeLessThanOrEqual(1e-3));
    }
  });
});

interface KerasFit {
  readonly initial_weights: Readonly<Record<string, { readonly data: readonly number[] }>>;
  readonly final_weights: Readonly<Record<string, { readonly data: readonly number[] }>>;
  readonly loss_per_epoch: readonly number[];
  readonly accuracy_per_epoch: readonly number[];
}

function evaluate(trainer: Trainer, { inputs, targets }: Samples): Readonly<Record<string, number>> {
  return trainer.evaluate(inputs.flat(), targets);
}

/** Points of two spirals that wind around each other one and a half times; with a `shift`, points between those of 0. */
function twoSpirals(shift: number): Samples {
  const inputs = Array.from({ length: 200 }, (_, at) => {
    const along = (Math.floor(at / 2) + shift) / 100;
    const angle = along * 3 * Math.PI + (at % 2) * Math.PI;
    const radius = 1 + 5 * along;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
  return { inputs, targets: inputs.map((_, at) => at % 2) };
}

/** A surface with a wave along one axis and a ridge along the other, measured with an error of 0.05. */
function surface(count: number, seed: number): Samples {
  const random = createRandom(seed);
  const inputs = Array.from({ length: count }, () => [4 * random() - 2, 4 * random() - 2] as const);
  // Three uniform numbers have a standard deviation of 1/2.
  const error = (): number => 0.1 * (random() + random() + random() - 1.5);
  return { inputs, targets: inputs.map(([x, y]) => Math.sin(2 * x) + 0.5 * Math.abs(y) + error()) };
}
