import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check, type CompileResult } from "../../src/compile.ts";
import { modelWeights } from "../../src/lower/model-info.ts";
import {
  compileModel,
  expectClose,
  loadModule,
  runModel,
  values,
  type NamedArray,
  type Runnable,
} from "./run-model.ts";

/** Arrays for every weight of a model, variances positive. */
async function arraysOf(text: string): Promise<readonly NamedArray[]> {
  const { models } = await check(text);
  return modelWeights(models[0] as (typeof models)[number]).map(({ path, shape }, at) => {
    const name = path.join(".");
    const data = values(
      shape.reduce((product, size) => product * size, 1),
      at + 3,
    );
    return { name, shape, data: name.endsWith("variance") ? data.map((value) => value * value + 0.01) : data };
  });
}

function reasons(result: CompileResult): Readonly<Record<string, string>> {
  return Object.fromEntries((result.reports[0]?.layers ?? []).map(({ layer, reason }) => [layer, reason]));
}

const cases: readonly (readonly [layers: string, input: string, folded: Readonly<Record<string, string>>])[] = [
  ["Dense(3) BatchNormalization()", "[4]", { batch_normalization: "dense" }],
  ["BatchNormalization() Dense(3)", "[4]", { batch_normalization: "dense" }],
  ["Dense(40, use_bias=false) BatchNormalization()", "[30]", { batch_normalization: "dense" }],
  ["BatchNormalization() Dense(40, relu, use_bias=false)", "[30]", { batch_normalization: "dense" }],
  [
    "Dense(4, relu) BatchNormalization() Dense(3) BatchNormalization(scale=false) Activation(tanh)",
    "[time, 5]",
    { batch_normalization: "dense_1", batch_normalization_1: "dense_1" },
  ],
  ["Normalization() Dense(3)", "[4]", { normalization: "dense" }],
  ["Normalization(mean=[1, 2], variance=[4, 0.3]) Dense(3)", "[2]", { normalization: "dense" }],
  ["Rescaling(1/4, -1) BatchNormalization() Dense(3)", "[4]", { rescaling: "dense", batch_normalization: "dense" }],
  [
    "Dense(3) BatchNormalization() Rescaling(0.1) Dropout(0.5) Normalization()",
    "[4]",
    {
      batch_normalization: "dense",
      rescaling: "dense",
      normalization: "dense",
    },
  ],
  ["BatchNormalization() Flatten() Dense(3)", "[2, 4]", { batch_normalization: "dense" }],
  ["BatchNormalization(axis=1) Flatten() Dense(3)", "[2, 4]", { batch_normalization: "dense" }],
  ["Dense(6) Reshape([2, 3]) BatchNormalization()", "[4]", { batch_normalization: "dense" }],
  ["Dense(6) Reshape([2, 3]) BatchNormalization(axis=1)", "[4]", { batch_normalization: "dense" }],
  ["TimeDistributed(BatchNormalization()) Dense(3)", "[time, 4]", { time_distributed: "dense" }],
];

describe.each(cases)("%s on %s", (layers, input, folded) => {
  const text = `/// For others.\ndim time model M { input ${input} ${layers} }`;

  test.each(["auto", "full", "none"] as const)("unroll %s", async (unroll) => {
    const arrays = await arraysOf(text);
    const inline = await compileModel(text, { unroll, weights: "inline" }, arrays);
    const found = reasons(inline);
    for (const [layer, dense] of Object.entries(folded)) expect(found[layer]).toBe(`folded into '${dense}'`);
    const module = (await loadModule(inline))["m"] as Runnable;
    const plain = await runModel(text, { unroll, weights: "argument" }, arrays);
    const data = values(2 * 3 * 30 * 4, 5).subarray(
      0,
      input.includes("time") ? 2 * 3 * Number(/\d+/.exec(input)) : undefined,
    );
    const size = input === "[30]" ? 120 : data.length - (data.length % 8);
    const dims = { time: 3 };
    const given = input.includes("time") ? data : data.subarray(0, size);
    expectClose(module.forwardBatch(given, undefined, dims), plain.forwardBatch(given, undefined, dims));
  });
});

test.each([
  ["behind a nonlinearity at the end", "Dense(3, relu) BatchNormalization()", "[4]"],
  ["along the steps", "Dense(3) BatchNormalization(axis=1)", "[2, 4]"],
  ["before a softmax", "BatchNormalization() Softmax() Dense(2)", "[4]"],
  ["without a dense layer", "BatchNormalization()", "[4]"],
])("a normalization stays: %s", async (_what, layers, input) => {
  const text = `model M { input ${input} ${layers} }`;
  const arrays = await arraysOf(text);
  const inline = await compileModel(text, { unroll: "auto", weights: "inline" }, arrays);
  expect(reasons(inline)["batch_normalization"]).not.toMatch(/^folded/);
  const model = (await loadModule(inline))["m"] as Runnable;
  const plain = await runModel(text, { unroll: "auto", weights: "argument" }, arrays);
  expectClose(model.forwardBatch(values(16, 4)), plain.forwardBatch(values(16, 4)));
});

test("a Rescaling is folded where that makes no array larger", async () => {
  const text = (scale: string): string => `model M { input [4] Rescaling(${scale}) Dense(3) }`;
  const arrays = await arraysOf(text("1"));
  const way = { unroll: "auto", weights: "inline" } as const;
  expect(reasons(await compileModel(text("1/16"), way, arrays))["rescaling"]).toBe("folded into 'dense'");
  expect(reasons(await compileModel(text("1/255"), way, arrays))["rescaling"]).not.toMatch(/^folded/);
});

test("large means keep their digits: folded numbers are float64", async () => {
  const text = "model M { input [64] BatchNormalization() Dense(64) BatchNormalization(epsilon=1e-6) }";
  const arrays = (await arraysOf(text)).map((array) =>
    array.name.endsWith("moving_mean") ? { ...array, data: array.data.map((value) => value + 1000) } : array,
  );
  const inline = (await loadModule(await compileModel(text, { unroll: "auto", weights: "inline" }, arrays)))["m"];
  const plain = await runModel(text, { unroll: "auto", weights: "argument" }, arrays);
  const input = values(64, 3).map((value) => value + 1000);
  expectClose((inline as Runnable).forward(input), plain.forward(input));
});

test("weights that make no finite number are not folded", async () => {
  const text = "model M { input [2] Dense(2) BatchNormalization() }";
  const arrays = (await arraysOf(text)).map((array) =>
    array.name.endsWith("moving_variance") ? { ...array, data: Float32Array.of(-1, 1) } : array,
  );
  const inline = await compileModel(text, { unroll: "auto", weights: "inline" }, arrays);
  expect(reasons(inline)["batch_normalization"]).not.toMatch(/^folded/);
  const plain = await runModel(text, { unroll: "auto", weights: "argument" }, arrays);
  const model = (await loadModule(inline))["m"] as Runnable;
  expectClose(model.forward([1, 2]), plain.forward([1, 2]));
});

test("any stack computes the same with its weights in the module and as an argument", async () => {
  const layer = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom("Dense(4)", "Dense(6, relu)", "Dense(2, use_bias=false)", "Dense(8, tanh)"),
    },
    { weight: 3, arbitrary: fc.constantFrom("BatchNormalization()", "BatchNormalization(1, scale=false)") },
    fc.constantFrom("Normalization()", "Normalization(axis=none, invert=true)", "Rescaling(0.3, 1)", "Rescaling(2)"),
    fc.constantFrom("LayerNormalization()", "GroupNormalization(2)", "UnitNormalization()", "PReLU()"),
    fc.constantFrom("Flatten()", "Reshape([-1, 2])", "Activation(softmax)", "Activation(relu)", "Dropout(0.1)"),
  );
  const stack = fc.record({
    input: fc.constantFrom("[4]", "[2, 4]", "[3, 2, 2]"),
    layers: fc.array(layer, { minLength: 1, maxLength: 7 }),
    unroll: fc.constantFrom("auto" as const, "full" as const, "none" as const),
  });
  await fc.assert(
    fc.asyncProperty(stack, async ({ input, layers, unroll }) => {
      const text = `model M { input ${input} ${layers.join(" ")} }`;
      const { models } = await check(text);
      // Some combinations are no models: groups that don't divide, say.
      fc.pre(models.length === 1);
      const arrays = await arraysOf(text);
      const inline = (await loadModule(await compileModel(text, { unroll, weights: "inline" }, arrays)))["m"];
      const plain = await runModel(text, { unroll, weights: "argument" }, arrays);
      const elements = JSON.parse(input).reduce((product: number, size: number) => product * size, 1);
      const data = values(2 * elements, 7);
      expectClose((inline as Runnable).forwardBatch(data), plain.forwardBatch(data));
    }),
    { numRuns: 30, seed: 11 },
  );
});
