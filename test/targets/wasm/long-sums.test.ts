import { describe, expect, test } from "vitest";
import { compileCode } from "../support/compile-text.ts";
import { createModel, modelOf, runModule } from "../support/run-module.ts";

async function net(body: string, weights: object = {}) {
  const { text } = await compileCode(body, { emit: "js", target: "wasm" });
  const module = await runModule(text);
  return "net" in module ? modelOf(module, "net") : createModel(module, "Net", weights);
}

/** Equal terms: a running float32 sum of so many loses several digits. */
describe("long sums keep their digits", () => {
  test("a mean over run-time steps", async () => {
    const model = await net("dim time\nmodel Net { input [time, 3]  GlobalAveragePooling1D() }");
    for (const steps of [1, 127, 10_000, 1_000_003]) {
      const output = model.forward(new Float32Array(3 * steps).fill(0.1));
      for (const value of output) expect(Math.abs(value / Math.fround(0.1) - 1), `${steps} steps`).toBeLessThan(2e-7);
    }
  });

  test("statistics along the last axis", async () => {
    const size = 65_537;
    const input = Float32Array.from({ length: size }, (_, at) => 10 + Math.sin(at * 12.9898) * 2);
    const mean = input.reduce((sum, x) => sum + x, 0) / size;
    const variance = input.reduce((sum, x) => sum + (x - mean) ** 2, 0) / size;
    const layer = "LayerNormalization(center=false, scale=false, epsilon=1e-7)";
    const output = (await net(`model Net { input [${size}]  ${layer} }`)).forward(input);
    const worst = output.reduce(
      (most, y, at) => Math.max(most, Math.abs(y - ((input[at] as number) - mean) / Math.sqrt(variance + 1e-7))),
      0,
    );
    expect(worst).toBeLessThan(2e-6);

    const norm = (await net("model Net { input [1_000_000]  UnitNormalization() }")).forward(
      new Float32Array(1_000_000).fill(0.1),
    );
    expect(Math.abs((norm[999_999] as number) / 1e-3 - 1)).toBeLessThan(2e-7);
  });

  test("a contraction that is no Dense", async () => {
    const size = 65_536;
    const model = await net(`model Net { input [${size}]  EinsumDense("za,ab->zb", 3) }`, {
      einsum_dense: { kernel: new Float32Array(size * 3).fill(0.1) },
    });
    const output = model.forward(new Float32Array(size).fill(0.1));
    for (const value of output) expect(Math.abs(value / (size * Math.fround(0.1) ** 2) - 1)).toBeLessThan(4e-7);
  });
});

test("expressions that nest deeply are compiled in a moment", async () => {
  const relus = Array.from({ length: 10 }, (_, at) => `ReLU(max_value=${at + 1})  Rescaling(0.5, offset=1)`).join("  ");
  const mishes = Array.from({ length: 4 }, () => "Activation(mish)  Activation(tanh_shrink)").join("  ");
  const model = await net(`model Net { input [6]  ${relus}  ${mishes} }`);
  expect(model.forward([1, 2, 3, 4, 5, 6]).every(Number.isFinite)).toBe(true);
});
