import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProgram } from "../../src/check/check-program.ts";
import type { Model } from "../../src/check/model.ts";
import { weightKey } from "../../src/ir/weight-arrays.ts";
import { load } from "../../src/load/index.ts";
import { modelWeights } from "../../src/lower/model-info.ts";
import { budget } from "../../src/passes/budget.ts";
import { lowerModel } from "../../src/stages/lower-model.ts";
import { makeUnit } from "../../src/stages/make-unit.ts";
import { planModel } from "../../src/stages/plan-model.ts";
import { emitTypeScript } from "../../src/targets/typescript/emit.ts";
import { compileText } from "./support/compile-text.ts";
import { createModel, modelOf, runModule, type AnyModel } from "./support/run-module.ts";

/** Reproducible numbers from -1 to 1 that are no float32 values of few digits. */
const numbers = (length: number, phase: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => Math.sin(at * 1.7 + phase));

type Layers = Readonly<Record<string, { readonly kernel: Float32Array; readonly bias: Float32Array }>>;

interface Case {
  /** Before the inputs: `[3]` for a matrix of three rows. */
  readonly rows: number | "time" | undefined;
  readonly inputs: number;
  readonly units: readonly number[];
  readonly bound: boolean;
  readonly lanes: 1 | 4;
}

/** A stack of Dense layers with relu, all in tiled loops, whatever their sizes. */
async function tiled(
  { rows, inputs, units, bound, lanes }: Case,
  fill = numbers,
): Promise<{ model: AnyModel; layers: Layers }> {
  const shape = rows === undefined ? `[${inputs}]` : `[${rows}, ${inputs}]`;
  const text = `dim time  model Net { input ${shape}  ${units.map((count) => `Dense(${count}, activation=relu)`).join("  ")} }`;
  const program = await load({ path: "net.layers", text }, undefined);
  const model = checkProgram(program.program, program.diagnostics).value.models[0] as Model;
  const arrays = new Map(
    modelWeights(model).map(({ path, shape: axes }, at) => [
      weightKey(path),
      fill(
        axes.reduce((a, b) => a * b, 1),
        at,
      ),
    ]),
  );
  const layers: Record<string, { kernel: Float32Array; bias: Float32Array }> = {};
  for (const { path } of modelWeights(model)) {
    const [layer = "", name = ""] = path;
    layers[layer] = { ...(layers[layer] as Layers[string]), [name]: arrays.get(weightKey(path)) };
  }
  const binding = bound ? ({ kind: "inline", arrays } as const) : ({ kind: "argument" } as const);
  const planned = await planModel(lowerModel({ model, binding }));
  const plans = new Map(
    [...planned.plans.keys()].map((operation) => [operation, { strategy: "tiled loops", reason: "" } as const]),
  );
  const unit = await makeUnit({ ...planned, plans, options: { ...planned.options, panelLanes: lanes } });
  const module = emitTypeScript([unit], { emit: "js", version: "0.0.0", sourceName: "net.layers" });
  const loaded = await runModule(module.restore(module.text));
  return { layers, model: bound ? modelOf(loaded, "net") : createModel(loaded, "Net", layers) };
}

/** Each row through the layers, in float64. */
function reference(layers: Layers, values: Float32Array, inputs: number): readonly number[] {
  let rows = Array.from({ length: values.length / inputs }, (_, row) => [
    ...values.subarray(row * inputs, (row + 1) * inputs),
  ]);
  for (const { kernel, bias } of Object.values(layers)) {
    rows = rows.map((row) =>
      Array.from(bias, (start, unit) =>
        Math.max(
          row.reduce((sum, value, k) => sum + value * (kernel[k * bias.length + unit] as number), start),
          0,
        ),
      ),
    );
  }
  return rows.flat();
}

test("tiles of any shape agree with a plain sum, and a sample's result does not depend on those beside it", async () => {
  const size = fc.oneof(fc.integer({ min: 1, max: 26 }), fc.constantFrom(31, 32, 33, 40));
  const cases = fc.record({
    rows: fc.constantFrom(undefined, undefined, 1, 2, 3, 4, "time" as const),
    inputs: size,
    units: fc.array(size, { minLength: 1, maxLength: 3 }),
    bound: fc.boolean(),
    lanes: fc.constantFrom(1 as const, 4 as const),
    samples: fc.constantFrom(1, 2, 3, 5, budget.chunk.samples, budget.chunk.samples + 1, 2 * budget.chunk.samples + 3),
    time: fc.integer({ min: 0, max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ samples, time, ...shape }) => {
      const { model, layers } = await tiled(shape);
      const rows = shape.rows === "time" ? time : (shape.rows ?? 1);
      const dims = shape.rows === "time" ? { time } : undefined;
      const length = rows * shape.inputs;
      const inputs = numbers(samples * length, 0.5);
      const expected = reference(layers, inputs, shape.inputs);
      const single = (sample: number): Float32Array =>
        model.forward(inputs.subarray(sample * length, (sample + 1) * length));
      const one = Array.from({ length: samples }, (_, sample) => [...single(sample)]).flat();
      expect(one).toHaveLength(expected.length);
      one.forEach((value, at) => {
        const target = expected[at] as number;
        expect(Math.abs(value - target) / Math.max(1, Math.abs(target))).toBeLessThan(2e-6);
      });
      if (length === 0) return;
      expect([...model.forwardBatch(inputs, undefined, dims)]).toEqual(one);
    }),
    { numRuns: 60 },
  );
});

test("a row is added up in the same order beside another as by itself", async () => {
  const ones = (length: number): Float32Array => new Float32Array(length).fill(1);
  // Large terms that cancel: another order is another number altogether.
  const row = Array.from({ length: 23 }, (_, at) => [1e16, 3, -1e16, 1, 5][at % 5] as number);
  const inputs = Array.from({ length: 5 }, () => row).flat();
  for (const units of [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 23]) {
    const { model } = await tiled({ rows: undefined, inputs: 23, units: [units], bound: false, lanes: 1 }, ones);
    const single = [...model.forward(row)];
    const batch = model.forwardBatch(inputs);
    for (let sample = 0; sample < 5; sample++) {
      expect([...batch.subarray(sample * units, (sample + 1) * units)]).toEqual(single);
    }
  }
});

test("NaN and infinity stay in their sample", async () => {
  const { model } = await tiled({ rows: undefined, inputs: 9, units: [13, 5], bound: false, lanes: 1 });
  const inputs = numbers(5 * 9, 1);
  const clean = model.forwardBatch(inputs);
  inputs[9] = NaN;
  inputs[3 * 9 + 4] = Infinity;
  const batch = model.forwardBatch(inputs);
  expect([...batch.subarray(5, 10)].every(Number.isNaN)).toBe(true);
  expect([...batch.subarray(15, 20)].every(Number.isFinite)).toBe(false);
  for (const sample of [0, 2, 4]) {
    expect(batch.subarray(sample * 5, sample * 5 + 5)).toEqual(clean.subarray(sample * 5, sample * 5 + 5));
  }
});

test("layers of every kind in a batch give what they give one by one", async () => {
  const source = `model Net {
    input [4, 9]
    Dense(40, activation=gelu)
    LayerNormalization()
    Dense(7)
    Softmax(axis=1)
    Flatten()
    Rescaling(scale=2)
    Dense(33, activation=softmax)
    Dense(2)
  }`;
  const { text } = await compileText(source, { emit: "js" });
  expect(text).toContain("Math.min(");
  const layer = (inputs: number, units: number) => ({
    kernel: numbers(inputs * units, units),
    bias: numbers(units, 3),
  });
  const model = createModel(await runModule(text), "Net", {
    dense: layer(9, 40),
    layer_normalization: { gamma: numbers(40, 1), beta: numbers(40, 2) },
    dense_1: layer(40, 7),
    dense_2: layer(28, 33),
    dense_3: layer(33, 2),
  });
  const inputs = numbers(37 * 36, 0);
  const batch = model.forwardBatch([...inputs]);
  for (let sample = 0; sample < 37; sample++) {
    const single = model.forward(inputs.subarray(sample * 36, sample * 36 + 36));
    expect(batch.subarray(sample * 2, sample * 2 + 2)).toEqual(single);
  }
});

test("a batch leaves what lies outside of its samples alone", async () => {
  const { model } = await tiled({ rows: undefined, inputs: 20, units: [17], bound: true, lanes: 4 });
  const memory = new Float32Array(3 * 17 + 2).fill(7);
  const output = memory.subarray(1, 1 + 3 * 17);
  expect(model.forwardBatch(numbers(60, 0), output)).toBe(output);
  expect([memory[0], memory.at(-1)]).toEqual([7, 7]);
});

test("a call computes a batch in chunks, and samples one by one where the loops do", async () => {
  for (const source of [
    "model Net { input [4]  Dense(4)  Dense(2) }",
    "dim time  model Net { input [time, 40]  Dense(40) }",
  ]) {
    expect((await compileText(source)).text).toContain("n++");
  }
  expect((await compileText("model Net { input [40]  Dense(40) }")).text).toContain("n += 16");
});
