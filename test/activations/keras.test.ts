import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { activations, findActivation } from "../../src/activations/index.ts";
import { denseFunction, elementwiseFunction } from "./run-generated.ts";

interface Recorded {
  readonly data: readonly (number | string)[];
}

interface Entry {
  readonly function: string;
  readonly args: Readonly<Record<string, number | boolean>>;
  readonly output: Recorded;
  readonly output_torch: Recorded;
  readonly output_float64: Recorded;
}

const fixtures = new URL("../fixtures/keras/activations/", import.meta.url);
const readJson = (name: string): unknown => JSON.parse(readFileSync(new URL(name, fixtures), "utf8"));
const { input, functions } = readJson("elementwise.json") as {
  readonly input: Recorded;
  readonly functions: Readonly<Record<string, Entry>>;
};
const numbers = ({ data }: Recorded): Float32Array => Float32Array.from(data, Number);
const grid = numbers(input);

function call({ function: name, args }: Entry): string {
  const list = Object.entries(args).map(([key, value]) => `${key}=${value}`);
  return list.length === 0 ? name : `${name}(${list.join(", ")})`;
}

/** Keras' layer for a function, where it has one, with its arguments written out. */
function layerCall({ function: name, args }: Entry): string | undefined {
  switch (name) {
    case "relu":
      return `ReLU(${Object.entries(args)
        .map(([key, value]) => `${key}=${value}`)
        .join(", ")})`;
    case "leaky_relu":
      return `LeakyReLU(${args["negative_slope"] ?? 0.2})`;
    case "elu":
      return `ELU(${args["alpha"] ?? 1})`;
    default:
      return undefined;
  }
}

/** Where no recorded value is within the tolerance: NaN equals NaN, infinities equal themselves. */
function mismatches(found: Float32Array, entry: Entry): readonly string[] {
  const references = [entry.output, entry.output_torch, entry.output_float64].map(numbers);
  const close = (a: number, b: number) =>
    Object.is(a, b) || a === b || Math.abs(a - b) <= 2e-6 * Math.max(1, Math.abs(b));
  return [...found].flatMap((value, at) => {
    const recorded = references.map((reference) => reference[at] as number);
    if (recorded.some((reference) => close(value, reference))) return [];
    return [`at ${grid[at]}: ${value}, recorded ${recorded.join(", ")}`];
  });
}

const entries = Object.entries(functions);

describe("what Keras computes", () => {
  test("covers every elementwise function", () => {
    const recorded = new Set(entries.map(([, entry]) => entry.function));
    const elementwise = activations.filter(({ kind }) => kind === "elementwise").map(({ name }) => name);
    expect(new Set(elementwise)).toEqual(recorded);
  });

  test.each(entries)("%s as a layer Activation", async (_name, entry) => {
    const apply = await elementwiseFunction(`Activation(${call(entry)})`);
    expect(mismatches(apply(grid), entry)).toEqual([]);
  });

  test.each(entries)("%s of a Dense", async (_name, entry) => {
    const apply = await denseFunction(call(entry));
    expect(mismatches(apply(grid), entry)).toEqual([]);
  });

  test.each(entries.filter(([, entry]) => layerCall(entry) !== undefined))(
    "%s as a layer of its own",
    async (_name, entry) => {
      const apply = await elementwiseFunction(layerCall(entry) as string);
      expect(mismatches(apply(grid), entry)).toEqual([]);
    },
  );

  test.each(entries)("%s has zeros of a sign that Keras gives", async (name, entry) => {
    const found = (await elementwiseFunction(`Activation(${call(entry)})`))(grid);
    const references = [entry.output, entry.output_torch, entry.output_float64].map(numbers);
    const wrong = [...found].flatMap((value, at) => {
      if (value !== 0) return [];
      const recorded = references.map((reference) => reference[at] as number).filter((reference) => reference === 0);
      return recorded.length === 0 || recorded.some((zero) => Object.is(zero, value)) ? [] : [grid[at] as number];
    });
    // An odd function here; in Keras -0 - tanh(-0) = 0.
    expect(wrong).toEqual(name === "tanh_shrink" ? [-0, -1e-38].map(Math.fround) : []);
  });
});

test("every name that Keras accepts leads to the name it saves", () => {
  const { identifiers } = readJson("names.json") as { readonly identifiers: Readonly<Record<string, string>> };
  const found = Object.keys(identifiers).map((name) => [name, findActivation(name)?.name]);
  const rowwise = new Set(["softmax", "log_softmax", "glu", "sparsemax"]);
  const elementwise = found.filter(([name]) => !rowwise.has(name as string));
  expect(elementwise.length).toBeGreaterThan(25);
  expect(elementwise).toEqual(elementwise.map(([name]) => [name, identifiers[name as string]]));
});
