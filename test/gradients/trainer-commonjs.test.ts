import { expect, test } from "vitest";
import { compile } from "../../src/index.ts";
import { withoutLayout } from "../support/prettier.ts";
import type { Trainer, TrainerOptions } from "./make-trainer.ts";

test("a module of CommonJS exports its trainers, and declares them", async () => {
  const text = `model Net { input [2]  Dense(1)  compile(optimizer=sgd(0.1), loss=mse) }
    model Other { input [2]  Net  compile(optimizer=adam, loss=mae) }`;
  const { files, diagnostics } = await withoutLayout(() => compile(text, { emit: "cjs", training: true }));
  expect(diagnostics).toEqual([]);
  const [code = "", declarations = ""] = files.map(({ content }) => content.toString());
  const exported: Record<string, (options?: TrainerOptions) => Trainer> = {};
  new Function("exports", code)(exported);
  expect(Object.keys(exported).filter((name) => name.endsWith("Trainer"))).toEqual([
    "createNetTrainer",
    "createOtherTrainer",
  ]);
  const trainer = exported["createNetTrainer"]!({ weights: { dense: { kernel: [1, 2], bias: [3] } } });
  // (1 + 4 + 3 - 6) ** 2, whose gradient by the bias is 4.
  expect(trainer.step([1, 2], [6])).toBe(4);
  expect((trainer.weights as { readonly dense: { readonly bias: Float64Array } }).dense.bias[0]).toBeCloseTo(2.6, 12);
  for (const name of ["createNetTrainer", "createOtherTrainer"]) {
    expect(declarations).toContain(`export declare function ${name}(`);
  }
});
