import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { compileCode } from "../targets/support/compile-text.ts";
import { createModel, runModule } from "../targets/support/run-module.ts";
import { elementError, layersText, readJson, type KerasModel } from "./keras-case.ts";

interface FormulaCase {
  readonly keras_config: KerasModel;
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[]; readonly seed: number }[];
  readonly inputs: { readonly shape: readonly [number, number]; readonly seed: number };
  readonly outputs_sample: readonly {
    readonly sample: number;
    readonly unit: number;
    readonly value_float64: number;
  }[];
  readonly outputs_sum_float64: number;
  readonly outputs_abs_sum_float64: number;
  readonly outputs_l2_float64: number;
  readonly kernel_sha256_le_float32: string;
}

const recorded = readJson<FormulaCase>("formula/seed_question_100_25600.json");

/** `((seed + (i + 1) * 2654435761) mod 2^32) / 2^32 - 0.5` */
function fromFormula(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, at) => ((seed + Math.imul(at + 1, 2654435761)) >>> 0) / 2 ** 32 - 0.5);
}

test("a Dense layer of 2,560,000 weights on 100 values", async () => {
  const [{ shape, seed }] = recorded.weights as [FormulaCase["weights"][0]];
  const kernel = fromFormula(shape[0]! * shape[1]!, seed);
  expect(createHash("sha256").update(new Uint8Array(kernel.buffer)).digest("hex")).toBe(
    recorded.kernel_sha256_le_float32,
  );
  const { text } = await compileCode(layersText(recorded.keras_config, {}), { emit: "js" });
  const model = createModel(await runModule(text), "Net", { dense: { kernel } });

  const [samples, inputSize] = recorded.inputs.shape;
  const outputs = model.forwardBatch(fromFormula(samples * inputSize, recorded.inputs.seed));
  expect(outputs.length).toBe(samples * shape[1]!);
  expect(recorded.outputs_sample.length).toBeGreaterThan(5);
  for (const { sample, unit, value_float64 } of recorded.outputs_sample) {
    expect(elementError(outputs[sample * shape[1]! + unit]!, value_float64)).toBeLessThanOrEqual(1);
  }
  const sum = (term: (value: number) => number): number => outputs.reduce((total, value) => total + term(value), 0);
  expect(sum((value) => value)).toBeCloseTo(recorded.outputs_sum_float64, 2);
  expect(sum(Math.abs)).toBeCloseTo(recorded.outputs_abs_sum_float64, 2);
  expect(Math.sqrt(sum((value) => value * value))).toBeCloseTo(recorded.outputs_l2_float64, 4);
});
