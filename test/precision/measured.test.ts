import { describe, expect, test } from "vitest";
import { runModule } from "../../src/node/run-module.ts";
import { compile as compileAndLayOut, writeSafetensors, type CompileOptions } from "../../src/index.ts";
import { precisionError } from "../../src/verify/precision-error.ts";
import { withoutLayout } from "../support/prettier.ts";
import { mapHost } from "../targets/support/compile-text.ts";
import { makeStack, nearestBfloat16, stackFile, stackOutputs, stackText, uniform } from "./dense-stack.ts";

const compile: typeof compileAndLayOut = (source, options) => withoutLayout(() => compileAndLayOut(source, options));

/** What the report of the last model of a source says of bfloat16 weights. */
async function reported(text: string, options: CompileOptions = {}, files: Readonly<Record<string, Uint8Array>> = {}) {
  const { reports, diagnostics } = await compile(text, {
    precision: "bfloat16",
    runModule,
    host: mapHost(files),
    ...options,
  });
  expect(diagnostics).toEqual([]);
  return reports.at(-1)?.bfloat16;
}

function casesOf(inputs: readonly number[][], outputs: readonly number[][]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ inputs, outputs }));
}

describe("the error of bfloat16 weights", () => {
  test("is what formulas give for the samples of a self-test", async () => {
    const stack = makeStack([12, 20, 4], ["tanh", "softmax"], 7);
    const files = { "net.safetensors": stackFile(stack) };
    const random = uniform(3);
    const samples = Array.from({ length: 30 }, () => Array.from({ length: 12 }, () => 3 * random()));
    const inputs = samples.flat().map(Math.fround);
    const exact = stackOutputs(stack, inputs, (weight) => weight);
    const rounded = stackOutputs(stack, inputs, nearestBfloat16);
    const differences = rounded.map((value, at) => value - (exact[at] as number));
    const norm = (values: Float64Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    const best = (values: Float64Array, sample: number): number => {
      const row = [...values.subarray(4 * sample, 4 * sample + 4)];
      return row.indexOf(Math.max(...row));
    };
    const changed = samples.filter((_, sample) => best(rounded, sample) !== best(exact, sample)).length;

    const content = casesOf(
      samples,
      Array.from(samples, () => [0, 0, 0, 1]),
    );
    const found = await reported(stackText(stack, true), { selfTest: { path: "cases.json", content } }, files);
    expect(found).toMatchObject({
      rounded: 12 * 20 + 20 * 4,
      parameters: 12 * 20 + 20 + 20 * 4 + 4,
      error: { kind: "measured", samples: 30, inputs: "self-test", classes: { changed, of: 30 } },
    });
    const error = found?.error as Extract<typeof found, object>["error"] & { kind: "measured" };
    expect(error.relativeRms / (norm(differences) / norm(exact))).toBeCloseTo(1, 3);
    expect(error.maxError / Math.max(...differences.map(Math.abs))).toBeCloseTo(1, 3);
    expect(error.relativeRms).toBeGreaterThan(1e-4);
  });

  test("is found on the same 100 random samples every time, whatever the target and the storage", async () => {
    const stack = makeStack([9, 6], ["linear"], 4);
    const files = { "net.safetensors": stackFile(stack) };
    const first = await reported(stackText(stack, true), {}, files);
    expect(first?.error).toMatchObject({ kind: "measured", samples: 100, inputs: "random" });
    expect(first?.error).not.toHaveProperty("classes");
    for (const options of [{}, { target: "wasm" }, { weights: "file" }, { emit: "js" }] as const) {
      expect(await reported(stackText(stack, true), options, files)).toEqual(first);
    }
    const { error } = first as { error: { relativeRms: number } };
    // Independent roundings of up to 2^-9, relatively: 2^-9 / sqrt(3) or less.
    expect(error.relativeRms).toBeGreaterThan(2e-4);
    expect(error.relativeRms).toBeLessThan(2 ** -9);
  });

  test("is 0 where every weight is bfloat16", async () => {
    const file = writeSafetensors([
      { name: "dense.kernel", shape: [2, 2], data: Float32Array.of(1, 0.5, -2, 3) },
      { name: "dense.bias", shape: [2], data: Float32Array.of(0.1, 0.2) },
    ]);
    const found = await reported('model Net { weights "w" input [2] Dense(2) }', {}, { w: file });
    expect(found?.error).toMatchObject({ relativeRms: 0, maxError: 0 });
  });

  test("is infinite where rounding makes an infinity", async () => {
    const file = writeSafetensors([
      { name: "dense.kernel", shape: [1, 1], data: Float32Array.of(3.4e38) },
      { name: "dense.bias", shape: [1], data: Float32Array.of(0) },
    ]);
    const found = await reported('model Net { weights "w" input [1] Dense(1) }', {}, { w: file });
    expect(found?.error).toMatchObject({ relativeRms: Infinity, maxError: Infinity });
  });

  test("takes rows of the table for a model that begins with an Embedding, and steps for a run-time dim", async () => {
    const random = uniform(5);
    const array = (name: string, ...shape: readonly number[]) => ({
      name,
      shape,
      data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, random),
    });
    const file = writeSafetensors([
      array("embedding.embeddings", 50, 8),
      array("dense.kernel", 8, 3),
      array("dense.bias", 3),
    ]);
    const text = 'dim time\nmodel Net { weights "w" input [time] Embedding(50, 8) Dense(3, activation=softmax) }';
    const found = await reported(text, {}, { w: file });
    expect(found).toMatchObject({
      rounded: 24,
      parameters: 427,
      // A distribution for each of 16 steps of 100 samples.
      error: { kind: "measured", samples: 100, classes: { of: 1600 } },
    });
  });

  test("says why a model can't be run on random samples", async () => {
    const file = writeSafetensors([
      { name: "embedding.embeddings", shape: [5, 2], data: new Float32Array(10) },
      { name: "dense.kernel", shape: [2, 1], data: Float32Array.of(1, 2) },
      { name: "dense.bias", shape: [1], data: Float32Array.of(0) },
    ]);
    const text = 'model Net { weights "w" input [3] ReLU() Embedding(5, 2) Dense(1) }';
    expect((await reported(text, {}, { w: file }))?.error).toEqual({
      kind: "refused",
      reason: expect.stringContaining("expected an index"),
    });
  });

  test("is left out without weights, without a way to run modules, and with float32 weights", async () => {
    const text = "model Net { input [2] Dense(2) }";
    expect(await reported(text)).toEqual({ rounded: 4, parameters: 6 });
    expect(await reported(text, { precision: "float32" })).toBeUndefined();
    const stack = makeStack([2, 2], ["linear"], 1);
    const files = { "net.safetensors": stackFile(stack) };
    const { reports } = await compile(stackText(stack, true), { precision: "bfloat16", host: mapHost(files) });
    expect(reports[0]?.bfloat16).toEqual({ rounded: 4, parameters: 6 });
    expect(reports[0]?.layers[0]?.weightBytes).toBe(2 * 4 + 4 * 2);
  });
});

test("NaN in both outputs is no error, in one it is", () => {
  const of = (...values: readonly number[]): Float32Array => Float32Array.from(values);
  expect(precisionError(of(NaN, 1), of(NaN, 1), undefined)).toEqual({ relativeRms: 0, maxError: 0 });
  expect(precisionError(of(NaN, 1), of(1, 1), undefined)).toEqual({ relativeRms: Infinity, maxError: Infinity });
  expect(precisionError(of(1), of(0), undefined)).toEqual({ relativeRms: Infinity, maxError: 1 });
  expect(precisionError(of(0.4, 0.6, 1, 0), of(0.6, 0.4, 1, 0), 2).classes).toEqual({ changed: 1, of: 2 });
});
