import fc from "fast-check";
import { test } from "vitest";
import { weightTree } from "../random/instantiate.ts";
import { arraysOf } from "../random/run-stack.ts";
import { buildStack, stackPick } from "../random/stack.ts";
import { modelOf } from "../vectors/programs.ts";
import { arraysIn, trainerMaker, type Target } from "./make-trainer.ts";
import { batchOf } from "./stack-batch.ts";

/** How many models are tried; `TARGET_MODELS=2000 npx vitest run ... test/gradients` tries more. */
const budget = Number(process.env["TARGET_MODELS"] ?? 25);

/** A small rate: the step is then as steady as the gradient. */
const compile = "compile(optimizer=sgd(learning_rate=0.01), loss=mean_squared_error, metrics=[mae])";

test("WebAssembly trains random models as TypeScript does, but for float32", { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(stackPick, fc.integer({ min: 1, max: 5 }), async (pick, copies) => {
      const stack = buildStack(pick);
      const text = stack.text.replace(/\}\n$/, `  ${compile}\n}\n`);
      const given = arraysOf(await modelOf(text), stack);
      const { inputs, targets } = batchOf(stack, copies);
      const trained = async (target: Target) => {
        const trainer = (await trainerMaker(text, target))({
          seed: 1,
          weights: weightTree(await modelOf(text), given),
        });
        const loss = trainer.step(inputs, targets, undefined, stack.dims);
        const results = trainer.evaluate(inputs, targets, undefined, stack.dims);
        const outputs = trainer.forwardBatch(inputs, undefined, stack.dims);
        return { loss, results, outputs, weights: arraysIn(trainer.weights) };
      };
      const [ts, wasm] = [await trained("typescript"), await trained("wasm")];
      near("loss", wasm.loss, ts.loss);
      for (const [name, value] of Object.entries(ts.results)) near(name, wasm.results[name] ?? NaN, value);
      ts.outputs.forEach((value, at) => near(`output ${at}`, wasm.outputs[at] ?? NaN, value));
      ts.weights.forEach(([path, values], at) => {
        const scale = Math.max(1, ...Array.from(values, Math.abs));
        values.forEach((value, i) => near(`${path}[${i}]`, (wasm.weights[at]?.[1][i] ?? NaN) / scale, value / scale));
      });

      function near(what: string, found: number, expected: number): void {
        const error = Math.abs(found - expected);
        if (!(error <= 2e-3 * Math.max(1, Math.abs(expected))))
          throw new Error(`${what}: ${found}, expected ${expected}\n${text}`);
      }
    }),
    { numRuns: budget, seed: 99 },
  );
});
