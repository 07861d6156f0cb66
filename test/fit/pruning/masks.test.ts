import { describe, expect, test } from "vitest";
import { trainerCompiler } from "../../../src/fit/compile-trainer.ts";
import { kernelsOf } from "../../../src/fit/pruning/kernels-of.ts";
import { prunedTrainer } from "../../../src/fit/pruning/pruned-trainer.ts";
import { single } from "../../../src/fit/pruning/pruned-kernel.ts";
import { runModule } from "../../../src/node/run-module.ts";
import { optimizers } from "../../../src/training/optimizers/index.ts";
import { modelOf } from "../../vectors/programs.ts";

const layer = (more: string): string => `input [6] Dense(8, activation=relu${more}) BatchNormalization() Dense(3)`;
const plain = layer("");

/** Everything that changes weights in a step, whatever of it could move one that is 0. */
const cases: readonly (readonly [string, string])[] = [
  ...optimizers.map(({ identifier }): readonly [string, string] => [`${identifier}(0.01)`, plain]),
  ["sgd(0.01, momentum=0.9)", plain],
  ["sgd(0.01, momentum=0.9, nesterov=true)", plain],
  ["rmsprop(0.01, momentum=0.5, centered=true)", plain],
  ["adam(0.01, amsgrad=true, clipnorm=0.5)", plain],
  ["adam(0.01, global_clipnorm=0.5)", plain],
  ["sgd(0.01, clipvalue=0.1, weight_decay=0.01)", plain],
  ["adam(0.01, use_ema=true, ema_momentum=0.9)", plain],
  ["adam(0.01, use_ema=true, ema_overwrite_frequency=3)", plain],
  ["ftrl(0.01, l1_regularization_strength=0.01, l2_shrinkage_regularization_strength=0.01)", plain],
  ["adam(0.01)", layer(", kernel_regularizer=l1(0.01)")],
  ["adam(0.01)", layer(", kernel_constraint=unit_norm")],
  ["adam(0.01)", layer(", kernel_constraint=max_norm(0.5)")],
  ["adam(0.01)", layer(", kernel_constraint=min_max_norm(0.5, 0.9)")],
];

describe.each(["typescript", "wasm"] as const)("a trainer in %s that prunes", (target) => {
  test.each(cases)(
    "%s: what is pruned stays 0, and what the optimizer keeps of it stays as it began (%s)",
    async (optimizer, layers) => {
      const model = await modelOf(`model M { ${layers} compile(${optimizer}, mse) }`);
      const kernels = kernelsOf(model);
      const compile = trainerCompiler(runModule);
      const { value: compiled } = await compile(model, target, new Set(kernels.map(({ key }) => key)));
      if (compiled === undefined) throw new Error("not compiled");
      const steps = 6;
      const plan = { kernels, block: single, slots: compiled.slots, sparsity: 0.7, steps };
      const trainer = prunedTrainer(compiled.create({ seed: 3 }), plan);
      const inputs = Float32Array.from({ length: 60 }, (_, at) => Math.sin(at * 1.7));
      const targets = Float32Array.from({ length: 30 }, (_, at) => Math.cos(at * 0.9));
      let zeros = 0;
      for (let step = 0; step < 2 * steps; step++) {
        const before = trainer.state().arrays;
        trainer.step(inputs, targets);
        const { arrays } = trainer.state();
        let found = 0;
        for (const { key } of kernels) {
          const mask = arrays[`masks/${key}`] ?? [];
          const weights = arrays[`weights/${key}`] ?? [];
          const slots = compiled.slots.filter(({ weight }) => weight === key);
          for (let at = 0; at < mask.length; at++) {
            if (mask[at] === 1) continue;
            expect(mask[at]).toBe(0);
            expect(weights[at]).toBe(0);
            // As float32 in WebAssembly.
            for (const { name, initial } of slots) expect(arrays[name]?.[at]).toBeCloseTo(initial, 7);
            found += 1;
          }
          // The others go on being trained.
          expect(weights.some((weight, at) => weight !== before[`weights/${key}`]?.[at])).toBe(true);
        }
        expect(found).toBeGreaterThanOrEqual(zeros);
        zeros = found;
        expect(trainer.isPruned).toBe(step >= steps);
      }
      // Of 48 and 24 weights.
      expect(zeros).toBe(Math.round(0.7 * 48) + Math.round(0.7 * 24));
      trainer.finish?.();
      for (const { key } of kernels) {
        const { arrays } = trainer.state();
        const mask = arrays[`masks/${key}`] ?? [];
        expect(arrays[`weights/${key}`]?.every((weight, at) => mask[at] === 1 || weight === 0)).toBe(true);
      }
    },
  );
});

test("masks of a trainer that nothing is pruned of change no bit of a training", async () => {
  const model = await modelOf(`model M { ${plain} compile(adam(0.01), mse) }`);
  const compile = trainerCompiler(runModule);
  const keys = new Set(kernelsOf(model).map(({ key }) => key));
  const made = await Promise.all([compile(model, "typescript"), compile(model, "typescript", keys)]);
  const inputs = Float32Array.from({ length: 60 }, (_, at) => Math.sin(at * 1.7));
  const targets = Float32Array.from({ length: 30 }, (_, at) => Math.cos(at * 0.9));
  const weights = made.map(({ value }) => {
    const trainer = value?.create({ seed: 1 });
    for (let step = 0; step < 5; step++) trainer?.step(inputs, targets);
    return trainer?.writeWeights();
  });
  expect(weights[1]).toEqual(weights[0]);
});

test("a kernel that no gradient reaches is pruned all the same", async () => {
  const model = await modelOf(
    "model M { input [4] Dense(3, activation=sigmoid) Rescaling(0) Embedding(4, 2) Flatten() Dense(1) compile(sgd, mse) }",
  );
  const kernels = kernelsOf(model);
  const { value: compiled } = await trainerCompiler(runModule)(
    model,
    "typescript",
    new Set(kernels.map(({ key }) => key)),
  );
  if (compiled === undefined) throw new Error("not compiled");
  const plan = { kernels, block: single, slots: compiled.slots, sparsity: 0.5, steps: 2 };
  const trainer = prunedTrainer(compiled.create({ seed: 1 }), plan);
  for (let step = 0; step < 4; step++) trainer.step([1, 2, 3, 4, 4, 3, 2, 1], [0, 1]);
  expect(trainer.sparsity).toBe(0.5);
});
