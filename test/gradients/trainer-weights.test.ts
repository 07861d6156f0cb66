import { describe, expect, test } from "vitest";
import { compileCode } from "../targets/support/compile-text.ts";
import { createModel, modelOf as exportOf, runModule, type AnyModule } from "../targets/support/run-module.ts";
import {
  arraysIn,
  trainerMaker,
  type Target,
  type Trainer,
  type TrainerOptions,
  type WeightTree,
} from "./make-trainer.ts";
import { batchFor, modelKinds } from "./model-kinds.ts";

const targets = ["typescript", "wasm"] as const satisfies readonly Target[];

const plain = `model M { input [3]  hidden: Dense(4, tanh)  BatchNormalization()  Dense(2)
  compile(optimizer=sgd(0.1), loss=mse) }`;
const kind = { text: plain, optimizer: "", input: 3, target: 2 };

/** A copy of the arrays by their paths. */
function copyOf(trainer: Trainer): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(arraysIn(trainer.weights).map(([path, values]) => [path, [...values]]));
}

describe.each(targets)("weights of a trainer, %s:", (target) => {
  test("are live: a step changes them, statistics of the batch too", async () => {
    const trainer = (await trainerMaker(plain, target))({ seed: 1 });
    const { inputs, targets: wanted } = batchFor(kind, 4);
    // Memory of WebAssembly grows with the first batch.
    trainer.step(inputs, wanted);
    const arrays = arraysIn(trainer.weights);
    expect(arrays.map(([path, { length }]) => [path, length])).toEqual([
      ["hidden/kernel", 12],
      ["hidden/bias", 4],
      ["batch_normalization/gamma", 4],
      ["batch_normalization/beta", 4],
      ["batch_normalization/moving_mean", 4],
      ["batch_normalization/moving_variance", 4],
      ["dense/kernel", 8],
      ["dense/bias", 2],
    ]);
    for (const [, values] of arrays) expect(values).toBeInstanceOf(target === "wasm" ? Float32Array : Float64Array);
    const before = copyOf(trainer);
    trainer.step(inputs, wanted);
    for (const [path, values] of arrays) expect([...values], path).not.toEqual(before[path]);
    expect(arraysIn(trainer.weights).map(([, values]) => values)).toEqual(arrays.map(([, values]) => values));
  });

  test("are trained on when they are written to, also after a batch that is larger than all before", async () => {
    const make = await trainerMaker(plain, target);
    const given = make({ seed: 2 });
    const weights = structuredClone(given.weights);
    const trainer = make({ seed: 1 });
    trainer.forwardBatch(batchFor(kind, 2).inputs);
    for (const samples of [2, 5, 700, 3]) {
      const { inputs, targets: wanted } = batchFor(kind, samples);
      const fresh = make({ weights });
      for (const [at, [, values]] of arraysIn(trainer.weights).entries()) values.set(arraysIn(weights)[at]![1]);
      expect(trainer.forwardBatch(inputs)).toEqual(fresh.forwardBatch(inputs));
      expect(trainer.step(inputs, wanted)).toBe(fresh.step(inputs, wanted));
      expect(copyOf(trainer)).toEqual(copyOf(fresh));
    }
  });

  test("are taken from a file that a trainer has written, and by a clause that binds it", async () => {
    for (const name of ["labels", "numbers", "words", "ranks"]) {
      const { text, dims, ...own } = modelKinds[name]!;
      const module = await moduleOf(text, target);
      const trainer = trainerIn(module)({ seed: 3 });
      const { inputs, targets: wanted } = batchFor({ text, ...own }, 6);
      for (let step = 0; step < 3; step++) trainer.step(inputs, wanted, undefined, dims);
      const bytes = trainer.writeWeights();
      const expected = trainer.forwardBatch(inputs, undefined, dims);
      const clause = text.replace(/model M \{/, 'model M { weights "m.safetensors"');
      const bound = exportOf(await moduleOf(clause, target, { "m.safetensors": bytes }), "m");
      const models = [createModel(module, "M", bytes), createModel(module, "M", trainer.weights), bound];
      for (const model of models) near(model.forwardBatch(inputs, undefined, dims), expected);
      // A trainer goes on from what the module reads of the file.
      const read = (module["readMWeights"] as (file: Uint8Array) => object)(bytes);
      near(trainerIn(module)({ weights: read }).forwardBatch(inputs, undefined, dims), expected);
    }
  });

  test("of names with dots, quotes and letters of all alphabets are in the file under these", async () => {
    const names = ["a.b", '\\"', "naïve", "層", "🙂"];
    const text = `model M { input [2]  ${names.map((name) => `"${name}": Dense(2, tanh)`).join("  ")}
      compile(optimizer=sgd, loss=mse) }`;
    const module = await moduleOf(text, target);
    const trainer = trainerIn(module)({ seed: 3 });
    const bound = text.replace(/model M \{/, 'model M { weights "m.safetensors"');
    const files = { "m.safetensors": trainer.writeWeights() };
    const model = exportOf(await moduleOf(bound, target, files), "m");
    near(model.forwardBatch([0.5, -1, 2, 0.25]), trainer.forwardBatch([0.5, -1, 2, 0.25]));
  });
});

describe("options.weights", () => {
  const text = `model M { input [2]  Dense(2)  compile(optimizer=sgd, loss=mse) }`;
  const kernel = [0.1, 1 / 3, -1e-9, 2 ** 40 + 0.5];
  const bias = [0, -0.7];

  test.each([
    ["lists", kernel, bias],
    ["float64", Float64Array.from(kernel), Float64Array.from(bias)],
    ["things like arrays", { length: 4, 0: kernel[0], 1: kernel[1], 2: kernel[2], 3: kernel[3] }, bias],
  ])("of %s are kept exactly in TypeScript, and as float32 in WebAssembly", async (_, ownKernel, ownBias) => {
    const weights = { dense: { kernel: ownKernel, bias: ownBias } };
    const found = (await trainerMaker(text))({ weights }).weights;
    expect(found).toEqual({ dense: { kernel: Float64Array.from(kernel), bias: Float64Array.from(bias) } });
    const rounded = (await trainerMaker(text, "wasm"))({ weights }).weights;
    expect(arraysIn(rounded)).toEqual([
      ["dense/kernel", Float32Array.from(kernel)],
      ["dense/bias", Float32Array.from(bias)],
    ]);
  });

  test("of integers and float32", async () => {
    const weights = { dense: { kernel: Int8Array.of(1, -2, 3, 4), bias: Float32Array.of(0.1, 5) } };
    const found = (await trainerMaker(text))({ weights }).weights as { readonly dense: WeightTree };
    expect(found.dense["kernel"]).toEqual(Float64Array.of(1, -2, 3, 4));
    expect(found.dense["bias"]).toEqual(Float64Array.of(Math.fround(0.1), 5));
  });

  test("are copied: what is done to them later does nothing", async () => {
    const weights = { dense: { kernel: Float64Array.from(kernel), bias } };
    const trainer = (await trainerMaker(text))({ weights });
    weights.dense.kernel.fill(9);
    expect(copyOf(trainer)["dense/kernel"]).toEqual(kernel);
  });
});

async function moduleOf(
  text: string,
  target: Target,
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<AnyModule> {
  return runModule((await compileCode(text, { target, training: true, emit: "js", files })).text);
}

function trainerIn(module: AnyModule): (options?: TrainerOptions) => Trainer {
  return module["createMTrainer"] as (options?: TrainerOptions) => Trainer;
}

/** What float32 makes of the arithmetic, at numbers about 1. */
function near(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found.length).toBe(expected.length);
  for (let at = 0; at < expected.length; at++) {
    expect(Math.abs((found[at] ?? NaN) - (expected[at] ?? NaN))).toBeLessThan(2e-6);
  }
}
