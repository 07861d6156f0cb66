import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activations } from "../../../src/activations/index.ts";
import { compileCode } from "../support/compile-text.ts";
import { createModel, modelOf, runModule, type AnyModel } from "../support/run-module.ts";

/** A shape, a layer on it, and the sizes of its weights, all of them ones. */
type Case = readonly [shape: readonly (number | string)[], layer: string, weights?: Readonly<Record<string, number>>];

const layers: readonly Case[] = [
  ...activations
    .filter(({ name }) => name !== "threshold")
    .flatMap(({ name }): readonly Case[] => [
      [[6], `Activation(${name})`],
      [[2, 40], `Activation(${name})`],
    ]),
  [[6], "Activation(threshold(threshold=1, default_value=2))"],
  [[6], "Activation(gelu(approximate=true))"],
  [[6], "ReLU(max_value=3, negative_slope=0.1, threshold=0.5)"],
  [[40], "PReLU()", { alpha: 40 }],
  [[4, 5], "Softmax(axis=1)"],
  [[200], "Softmax()"],
  [[6], "Rescaling(2, offset=1)"],
  [[6], "Normalization(mean=1, variance=2)"],
  [[6], "BatchNormalization()", { gamma: 6, beta: 6, moving_mean: 6, moving_variance: 6 }],
  ...[6, 200].flatMap((size): readonly Case[] => [
    [[size], "LayerNormalization()", { gamma: size, beta: size }],
    [[size], "RMSNormalization()", { scale: size }],
    [[size], "UnitNormalization()"],
    [[size, 3], "GlobalAveragePooling1D()"],
    [[size, 3], "GlobalMaxPooling1D()"],
    [[size, 1], "GlobalAveragePooling1D()"],
    [[size, 4], "GroupNormalization(groups=2)", { gamma: 4, beta: 4 }],
    [[size], "Dense(5)", { kernel: size * 5, bias: 5 }],
    [[size], "Dense(9, relu)", { kernel: size * 9, bias: 9 }],
    [[size], 'EinsumDense("za,ab->zb", 4)', { kernel: size * 4 }],
  ]),
  [[600], "Dense(3, tanh)", { kernel: 1800, bias: 3 }],
  [[3, 6], "Dense(5)", { kernel: 30, bias: 5 }],
  [[3, 4], "Permute([2, 1])"],
  [[3], "RepeatVector(3)"],
];

/** A model on every path: its loops, its straight-line code, and WebAssembly. */
async function waysOf([shape, layer, weights = {}]: Case): Promise<ReadonlyMap<string, AnyModel>> {
  const dims = shape.filter((axis) => typeof axis === "string").map((dim) => `dim ${dim}\n`);
  const text = `${dims.join("")}model Net { input [${shape.join(", ")}]  the: ${layer} }`;
  const arrays = Object.fromEntries(
    Object.entries(weights).map(([name, size]) => [name, new Float32Array(size).fill(1)]),
  );
  const found = new Map<string, AnyModel>();
  for (const [way, options] of [
    ["loops", { unroll: "none" }],
    ["straight-line", { unroll: "full" }],
    ["WebAssembly", { target: "wasm" }],
  ] as const) {
    const module = await runModule((await compileCode(text, { emit: "js", ...options })).text);
    if (way === "WebAssembly") expect((module["netInfo"] as { backend: string }).backend).toMatch(/^wasm/);
    found.set(way, "net" in module ? modelOf(module, "net") : createModel(module, "Net", { the: arrays }));
  }
  return found;
}

/** `NaN`, `Infinity`, `-Infinity`, or `finite`. */
const kindOf = (value: number): string => (Number.isFinite(value) ? "finite" : String(value));

/** What each way gives for a sample by itself and within a batch: the kinds of its values. */
function kindsOf(ways: ReadonlyMap<string, AnyModel>, sample: Float32Array): readonly (readonly string[])[] {
  const samples = 7;
  const batch = new Float32Array(samples * sample.length);
  for (let at = 0; at < samples; at++) batch.set(sample, at * sample.length);
  return [...ways.values()].flatMap((model) => {
    const one = Array.from(model.forward(sample), kindOf);
    const all = Array.from(model.forwardBatch(batch), kindOf);
    return [one, ...Array.from({ length: samples }, (_, at) => all.slice(at * one.length, (at + 1) * one.length))];
  });
}

const special = fc.constantFrom(Infinity, -Infinity, NaN, 0, -0, 1e-40, 80, -80, 1e5);

const named = (cases: readonly Case[]): readonly (readonly [string, Case])[] =>
  cases.map((each) => [`${JSON.stringify(each[0])} ${each[1]}`, each]);

test.each(named(layers))("%s: one sample or many, on every path, the same values are finite", async (_, each) => {
  const ways = await waysOf(each);
  const size = each[0].reduce<number>((product, axis) => product * Number(axis), 1);
  const places = fc.array(fc.tuple(fc.nat({ max: size - 1 }), special), { maxLength: 4 });
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 1000 }), (placed, seed) => {
      const sample = Float32Array.from({ length: size }, (_, at) => Math.sin(seed + 12.9898 * at) * 2);
      for (const [at, value] of placed) sample[at] = value;
      const [first, ...others] = kindsOf(ways, sample);
      for (const other of others) expect(other).toEqual(first);
    }),
    { numRuns: 25 },
  );
});

describe("sums of more terms than are added without compensation", () => {
  const sums: readonly Case[] = [
    [[200, 1], "GlobalAveragePooling1D()"],
    [["time", 1], "GlobalAveragePooling1D()"],
    [[200, 3], "GlobalAveragePooling1D()"],
    [[200], 'EinsumDense("za,ab->zb", 1)', { kernel: 200 }],
  ];

  test.each(named(sums))("%s: an infinite term makes infinity, and two of either sign NaN", async (_, each) => {
    const model = (await waysOf(each)).get("WebAssembly") as AnyModel;
    const width = Number(each[0][1] ?? 1);
    const outcome = (...placed: readonly (readonly [at: number, value: number])[]): number => {
      const sample = new Float32Array(200 * width).fill(1);
      for (const [at, value] of placed) sample[at * width] = value;
      return model.forward(sample)[0] as number;
    };
    for (const at of [0, 1, 77, 198, 199]) {
      expect(outcome([at, Infinity])).toBe(Infinity);
      expect(outcome([at, -Infinity])).toBe(-Infinity);
      expect(outcome([at, NaN])).toBeNaN();
      expect(outcome([at, Infinity], [(at + 40) % 200, -Infinity])).toBeNaN();
    }
    // Beyond float32, as Keras adds them up.
    expect(outcome([0, 3e38], [4, 3e38])).toBe(Infinity);
    expect(outcome([0, -3e38], [4, -3e38])).toBe(-Infinity);
    expect(Number.isFinite(outcome())).toBe(true);
  });

  test.each([1, 2, 3, 5, 6, 7, 8])("so does a term of the last steps, of %i that only run time knows", async (time) => {
    const module = await compileCode("dim time model Net { input [2, time] UnitNormalization() }", {
      emit: "js",
      target: "wasm",
    });
    const net = modelOf(await runModule(module.text), "net");
    for (let at = 0; at < time; at++) {
      const sample = new Float32Array(2 * time).fill(1).fill(Infinity, at, at + 1);
      const expected = sample.map((value, place) =>
        value === Infinity ? NaN : place < time ? 0 : Math.sqrt(1 / time),
      );
      const rounded = (values: Float32Array): readonly string[] => Array.from(values, (value) => value.toFixed(5));
      expect(rounded(net.forward(sample, undefined, { time }))).toEqual(rounded(expected));
    }
  });
});
