import { describe, expect, test } from "vitest";
import { runModule } from "../../src/node/run-module.ts";
import type { RunModule } from "../../src/verify/run-model.ts";
import { jsonBytes, two, verifyText, weightFile } from "./harness.ts";

const { text, weights, inputs, outputs, layers } = two;

describe("a model that is right", () => {
  test("passes, layer by layer", async () => {
    const { diagnostics, models } = await verifyText(text, { inputs, outputs, layers }, weights());
    expect(diagnostics).toEqual([]);
    const exact = { maxAbsolute: 0, maxRelative: 0, maxError: 0, samples: 2, deviating: [], passed: true };
    expect(models).toEqual([
      {
        model: "Two",
        samples: 2,
        target: "typescript",
        backend: "typescript",
        precision: "float32",
        tolerance: 2e-6,
        passed: true,
        layers: [
          { name: "first", description: "Dense [2] -> [2]", ...exact },
          { name: "second", description: "Dense [2] -> [1]", ...exact },
        ],
        output: { name: "output", description: "[2] -> [1]", ...exact },
      },
    ]);
  });

  test("passes without expected layers, and with shaped arrays", async () => {
    const shaped = { inputs: { shape: [2, 2], data: [1, 2, 3, 4] }, outputs: { shape: [2, 1], data: [7, 15] } };
    const { diagnostics, models } = await verifyText(text, shaped, weights());
    expect(diagnostics).toEqual([]);
    expect(models[0]).toMatchObject({ passed: true, layers: [] });
  });

  test("inputs are rounded to float32", async () => {
    const identity = weightFile({ "dense.kernel": { shape: [1, 1], data: [2 ** 20] } });
    const model = 'model M { weights "./m.safetensors" input [1] Dense(1, use_bias=false) }';
    const expected = Math.fround(0.1) * 2 ** 20;
    const { models } = await verifyText(
      model,
      { inputs: [[0.1]], outputs: [[expected]] },
      { "m.safetensors": identity },
    );
    expect(models[0]?.output.maxError).toBe(0);
  });

  test.each(["auto", "full", "none"] as const)("passes with --unroll %s", async (unroll) => {
    const { models } = await verifyText(text, { inputs, outputs, layers }, weights(), { unroll });
    expect(models[0]?.passed).toBe(true);
  });
});

describe("a model that is wrong", () => {
  test("names the first layer that deviates, at its place in the source", async () => {
    const wrong = {
      inputs,
      outputs,
      layers: {
        ...layers,
        first: [
          [2, 4],
          [6, 8.5],
        ],
      },
    };
    const { diagnostics, models } = await verifyText(text, wrong, weights(3));
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      code: "verify-deviates",
      severity: "error",
      message: "Layer 'first' of Two deviates by 5.9e-2, above the tolerance 2e-6, in sample 1 at [1]: 8, expected 8.5",
      label: "the first layer that deviates",
    });
    expect(text.slice(diagnostics[0]?.span?.start, diagnostics[0]?.span?.end)).toBe("first: Dense(2)");
    expect(models[0]?.layers.map(({ passed }) => passed)).toEqual([false, false]);
    expect(models[0]?.output).toMatchObject({
      passed: false,
      maxAbsolute: 2,
      worst: { sample: 0, computed: 9, expected: 7 },
    });
  });

  test("is reported by its output where no layer is expected", async () => {
    const { diagnostics } = await verifyText(text, { inputs, outputs }, weights(3));
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "The output of Two deviates by 2.9e-1, above the tolerance 2e-6, in sample 0 at [0]: 9, expected 7",
    ]);
  });

  test("passes with a tolerance that allows it", async () => {
    const { diagnostics, models } = await verifyText(text, { inputs, outputs }, weights(3), { tolerance: 0.5 });
    expect(diagnostics).toEqual([]);
    expect(models[0]?.passed).toBe(true);
  });
});

test("a single sample may go without the axis of samples", async () => {
  const model = "model M { input [2] Rescaling(2) }";
  const { diagnostics, models } = await verifyText(model, { inputs: [1, 2], outputs: [2, 4] });
  expect(diagnostics).toEqual([]);
  expect(models[0]).toMatchObject({ passed: true, output: { maxError: 0 } });
});

test("NaN and infinity agree with themselves only", async () => {
  const model = "model M { input [5] Activation(relu) }";
  const given = ["NaN", "Infinity", 1, "NaN", Math.fround(3e38)];
  const fine = await verifyText(model, { inputs: [given], outputs: [given] });
  expect(fine.models[0]).toMatchObject({ passed: true, output: { maxError: 0 } });
  for (const [at, other] of [0, "NaN", 1, "Infinity", 1].entries()) {
    if (at === 2 || at === 4) continue;
    const outputs = given.with(at, other);
    const { models } = await verifyText(model, { inputs: [given], outputs: [outputs] });
    expect(models[0]?.output).toMatchObject({ passed: false, maxError: Infinity, worst: { index: [at] } });
  }
});

test("an expected value beyond float32 is the infinity it rounds to", async () => {
  const model = "model M { input [1] Rescaling(1e30) }";
  const { models } = await verifyText(model, { inputs: [[1e20]], outputs: [[1e50]] });
  expect(models[0]?.output).toMatchObject({ passed: true, maxError: 0 });
});

describe("nested models and run-time dims", () => {
  const nested = `dim time
model Inner { input [time, 2] Rescaling(2) Rescaling(3) }
model Outer { input [time, 2] Inner Flatten() }`;
  const inputs = [[[1, 2]], [[3, 4]]];
  const outputs = [
    [6, 12],
    [18, 24],
  ];

  test("layers are named by their paths", async () => {
    const layers = {
      flatten: outputs,
      "inner/rescaling": [[[2, 4]], [[6, 8]]],
      inner: [[[6, 12]], [[18, 24]]],
    };
    const { diagnostics, models } = await verifyText(nested, { inputs, outputs, layers }, {}, { model: "Outer" });
    expect(diagnostics).toEqual([]);
    expect(models[0]?.layers.map(({ name, passed }) => [name, passed])).toEqual([
      ["inner/rescaling", true],
      ["inner", true],
      ["flatten", true],
    ]);
  });

  test("each model can have its cases", async () => {
    const cases = {
      models: { Outer: { inputs, outputs }, Inner: { inputs: [[[1, 1]]], outputs: [[[6, 6]]] } },
    };
    const { models } = await verifyText(nested, cases);
    expect(models.map(({ model, passed }) => [model, passed])).toEqual([
      ["Inner", true],
      ["Outer", true],
    ]);
  });

  test("as Keras lists them, layers are paired in order", async () => {
    const layers = [
      { name: "input", class_name: "InputLayer" },
      {
        name: "sequential_7",
        class_name: "Sequential",
        layers: [
          { name: "a", sample0_output: [[2, 4]] },
          { name: "b", sample0_output: [[6, 13]] },
        ],
      },
      { name: "flat", sample0_output: null },
    ];
    const { models, diagnostics } = await verifyText(nested, { inputs, outputs, layers }, {}, { model: "Outer" });
    expect(models[0]?.layers.map(({ name, samples, passed }) => [name, samples, passed])).toEqual([
      ["inner/rescaling", 1, true],
      ["inner/rescaling_1", 1, false],
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["verify-deviates"]);
  });
});

describe("weights", () => {
  const unbound = text.replace(/ {2}weights.*\n/, "");

  test("are asked for", async () => {
    const { diagnostics, models } = await verifyText(unbound, { inputs, outputs });
    expect(models).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["verify-weights-missing"]);
  });

  test("can be given", async () => {
    const { diagnostics, models } = await verifyText(unbound, { inputs, outputs }, weights(), {
      weights: "two.safetensors",
    });
    expect(diagnostics).toEqual([]);
    expect(models[0]?.passed).toBe(true);
  });

  test("that are given must fit, and not be one file too many", async () => {
    const other = weightFile({ "first.kernel": { shape: [3, 2], data: [1, 2, 3, 4, 5, 6] } });
    const wrong = await verifyText(
      unbound,
      { inputs, outputs },
      { "x.safetensors": other },
      { weights: "x.safetensors" },
    );
    expect(wrong.models).toEqual([]);
    expect(wrong.diagnostics.length).toBeGreaterThan(0);
    const both = await verifyText(text, { inputs, outputs }, weights(), { weights: "two.safetensors" });
    expect(both.diagnostics.map(({ code }) => code)).toEqual(["verify-weights-bound"]);
  });
});

describe("cases that do not fit", () => {
  const models = `${text}model Other { input [3] Flatten() }`;
  test.each([
    [
      "a sample without its axis, and outputs with it",
      { inputs: [1, 2], outputs },
      "cases-shape",
      "[2], expected [n, 2] for Two",
    ],
    [
      "another width",
      { inputs: [[1, 2, 3]], outputs },
      "cases-shape",
      "'inputs' of 'cases.json' has the shape [1, 3], expected [n, 2]",
    ],
    ["no sample", { inputs: { shape: [0, 2], data: [] }, outputs }, "cases-shape", "there is no sample"],
    [
      "too few outputs",
      { inputs, outputs: [[7]] },
      "cases-shape",
      "[1, 1], expected [n, 1] for Two: inputs has 2 samples",
    ],
    ["an unknown layer", { inputs, outputs, layers: { frist: [[1, 2]] } }, "cases-unknown-layer", "'frist'"],
    ["a layer's shape", { inputs, outputs, layers: { first: [[1]] } }, "cases-shape", "'layers.first'"],
    [
      "more samples of a layer",
      { inputs, outputs, layers: { second: [[1], [2], [3]] } },
      "cases-shape",
      "at most 2, as many as inputs has samples",
    ],
    ["an unknown model", { models: { Tow: { inputs, outputs } } }, "cases-unknown-model", "'Tow'"],
    ["no inputs", { outputs }, "cases-damaged", "inputs is missing"],
    ["no outputs", { inputs }, "cases-damaged", "outputs is missing"],
    ["null", { inputs: [[null, 1]], outputs }, "cases-damaged", "inputs[0][0] is null"],
    ["a text", { inputs: [["1", 1]], outputs }, "cases-damaged", 'inputs[0][0] is the text "1"'],
    ["ragged lists", { inputs: [[1, 2], [3]], outputs }, "cases-damaged", "inputs[1] has 1 item, expected 2"],
    [
      "lists of different depth",
      { inputs: [[1, 2], 3], outputs },
      "cases-damaged",
      "inputs[1] is 3, expected a list of 2",
    ],
    ["a wrong count", { inputs: { shape: [2, 2], data: [1] }, outputs }, "cases-damaged", "asks for 4"],
    ["a wrong shape", { inputs: { shape: [2, -2], data: [1] }, outputs }, "cases-damaged", "impossible shape [2, -2]"],
    ["a list", [], "cases-damaged", "it is not a JSON object"],
    ["no JSON", "{", "cases-damaged", "it is not valid JSON"],
    ["nothing", "", "cases-damaged", "it is empty"],
  ])("%s", async (_, cases, code, message) => {
    const { diagnostics, models: verified } = await verifyText(
      models,
      cases,
      weights(),
      (typeof cases === "object" && "inputs" in cases) || (typeof cases === "object" && "outputs" in cases)
        ? { model: "Two" }
        : {},
    );
    expect(verified).toEqual([]);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(diagnostics[0]?.message).toContain(message);
  });

  test("cases that name no model are for the one that no other nests", async () => {
    const nested = `model Part { input [2] first: Dense(2) }
${text.replace("first: Dense(2)", "part: Part")}`;
    const arrays = {
      "part.first.kernel": { shape: [2, 2], data: [2, 0, 0, 2] },
      "part.first.bias": { shape: [2], data: [0, 0] },
      "second.kernel": { shape: [2, 1], data: [1, 1] },
      "second.bias": { shape: [1], data: [1] },
    };
    const found = await verifyText(nested, { inputs, outputs }, { "two.safetensors": weightFile(arrays) });
    expect(found.diagnostics).toEqual([]);
    expect(found.models).toMatchObject([{ model: "Two", passed: true }]);
  });

  test("cases for one of several models", async () => {
    const { diagnostics } = await verifyText(models, { inputs, outputs }, weights());
    expect(diagnostics[0]).toMatchObject({
      code: "cases-model-unclear",
      help: expect.stringContaining("--model") as unknown,
    });
    const misspelt = await verifyText(models, { inputs, outputs }, weights(), { model: "two" });
    expect(misspelt.diagnostics[0]).toMatchObject({ code: "cases-unknown-model", help: "did you mean 'Two'?" });
  });

  test("dims that contradict each other", async () => {
    const square = "dim n model S { input [n, n] Flatten() }";
    const { diagnostics } = await verifyText(square, { inputs: [[[1, 2]]], outputs: [[1, 2]] });
    expect(diagnostics[0]?.message).toContain("has the shape [1, 1, 2], expected [n, n, n] for S: 'n' is 1");
  });

  test("a model file with errors", async () => {
    const { diagnostics } = await verifyText("model M { input [2] Dence(1) }", { inputs, outputs });
    expect(diagnostics.map(({ severity }) => severity)).toContain("error");
    expect(diagnostics.some(({ code }) => code.startsWith("verify"))).toBe(false);
  });
});

describe("hostile cases", () => {
  const model = "model M { input [2] Flatten() }";
  test.each([
    ["a shape beyond all memory", { inputs: { shape: [1e9, 1e9], data: [] }, outputs: [] }, "cases-too-large"],
    [
      "a shape that overflows",
      { inputs: { shape: [2 ** 53 - 1, 2 ** 53 - 1], data: [] }, outputs: [] },
      "cases-too-large",
    ],
    ["a zero that hides a shape", { inputs: { shape: [0, 2 ** 53 - 1], data: [] }, outputs: [] }, "cases-shape"],
    ["deep lists", `{"inputs":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, "cases-too-large"],
    [
      "deep layers",
      `{"inputs":[[1,2]],"outputs":[[1,2]],"layers":${'[{"name":"a","layers":'.repeat(40)}[]${"}]".repeat(40)}}`,
      "cases-too-large",
    ],
    ["a prototype", '{"__proto__":{"inputs":[[1,2]],"outputs":[[1,2]]}}', "cases-damaged"],
    [
      "an inherited name",
      '{"inputs":[[1,2]],"outputs":[[1,2]],"layers":{"constructor":[[1,2]]}}',
      "cases-unknown-layer",
    ],
    ["a key twice", '{"inputs":[[1,2]],"inputs":[[3,4]],"outputs":[[1,2]]}', "cases-damaged"],
    ["a cut archive", "PK\u0003\u0004", "cases-damaged"],
  ])("%s", async (_, cases, code) => {
    const { diagnostics, models } = await verifyText(model, typeof cases === "string" ? jsonBytes(cases) : cases);
    expect(models).toEqual([]);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  });

  test("a layer called as a property of every object", async () => {
    const proto = 'model M { input [1] "toString": Rescaling(2) }';
    const cases = '{"inputs":[[1]],"outputs":[[2]],"layers":{"toString":[[2]]}}';
    const { models, diagnostics } = await verifyText(proto, jsonBytes(cases));
    expect(diagnostics).toEqual([]);
    expect(models[0]?.layers.map(({ name, passed }) => [name, passed])).toEqual([["toString", true]]);
  });
});

describe("both functions of a model", () => {
  const cases = { inputs: two.inputs, outputs: two.outputs };
  /** Runs a module and lets one function of the model answer 100 everywhere. */
  const spoilt =
    (name: "forward" | "forwardBatch"): RunModule =>
    async (text) => {
      const exported = await runModule(text);
      const instance = exported["two"] as Record<string, (input: Float32Array) => Float32Array>;
      const wrong = (input: Float32Array): Float32Array =>
        new Float32Array(name === "forward" ? 1 : input.length / 2).fill(100);
      return { ...exported, two: { ...instance, [name]: wrong } };
    };

  test.each(["forward", "forwardBatch"] as const)("%s that deviates is told by its name", async (name) => {
    const result = await verifyText(two.text, cases, two.weights(), { runModule: spoilt(name) });
    expect(result.models[0]).toMatchObject({ passed: false, output: { deviating: [name], maxAbsolute: 93 } });
    expect(result.diagnostics.map(({ message }) => message)).toEqual([
      `The output of Two deviates by 1.3e+1, above the tolerance 2e-6, in sample 0 of ${name}, but not of the other function, at [0]: 100, expected 7`,
    ]);
  });
});
