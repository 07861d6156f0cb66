import { describe, expect, test } from "vitest";
import { check } from "../../src/index.ts";
import { modelWeights } from "../../src/lower/model-info.ts";
import { compileCode } from "./support/compile-text.ts";
import { createModel, modelOf, runModule, type AnyModel } from "./support/run-module.ts";
import { numbers } from "./random-stack.ts";

/** Models whose calls share memory: scratch arrays of each kind, chunks of a batch, linear memory that is fixed or grows. */
const models = {
  "straight-line layers": { text: "model Net { input [3]  Dense(5, relu)  Dense(4)  Softmax() }", size: 3 },
  "sums of blocks of inputs": { text: "model Net { input [10]  Dense(11, relu)  Dense(4) }", size: 10 },
  "tiled layers": { text: "model Net { input [40]  Dense(30, tanh)  Dense(33)  Softmax() }", size: 40 },
  "loops on a copy of the input": {
    text: "model Net { input [4, 9]  Softmax(axis=1)  LayerNormalization() }",
    size: 36,
  },
  "run-time steps": {
    text: "dim time  model Net { input [time, 3]  Dense(4)  Softmax()  GlobalAveragePooling1D() }",
    size: 6,
    dims: { time: 2 },
  },
} as const;

const ways = [{ target: "typescript" }, { target: "typescript", unroll: "none" }, { target: "wasm" }] as const;

async function load(text: string, options: (typeof ways)[number]): Promise<AnyModel> {
  const { text: code } = await compileCode(text, { emit: "js", ...options });
  const module = await runModule(code);
  if ("net" in module) return modelOf(module, "net");
  const { models: checked } = await check(text);
  const next = numbers(7);
  const arrays: Record<string, Record<string, Float32Array>> = {};
  for (const { path, shape } of checked.flatMap((model) => modelWeights(model))) {
    const [layer = "", name = ""] = path;
    const size = shape.reduce((product, axis) => product * axis, 1);
    (arrays[layer] ??= {})[name] = Float32Array.from({ length: size }, next);
  }
  return createModel(module, "Net", arrays);
}

/** Inputs that run code of the caller when an element is read. */
const inputs: Readonly<Record<string, (values: readonly number[], at: number, run: () => void) => ArrayLike<number>>> =
  {
    "a getter": (values, at, run) => {
      const array = [...values];
      Object.defineProperty(array, at, {
        get() {
          run();
          return values[at];
        },
      });
      return array;
    },
    "a proxy": (values, at, run) =>
      new Proxy([...values], {
        get(target, key) {
          if (key === String(at)) run();
          return Reflect.get(target, key) as unknown;
        },
      }),
    "an object that becomes a number": (values, at, run) =>
      values.map((value, index) => {
        if (index !== at) return value;
        return {
          valueOf() {
            run();
            return value;
          },
        } as unknown as number;
      }),
  };

describe.each(Object.entries(models))("a call while an input is read: %s", (_, { text, size, ...rest }) => {
  const dims = "dims" in rest ? rest.dims : undefined;
  test.each(ways)("%j", async (options) => {
    const model = await load(text, options);
    const next = numbers(3);
    const [outer, inner] = [0, 1].map(() => Array.from({ length: 3 * size }, next)) as [number[], number[]];
    const one = (input: ArrayLike<number>): number[] => [...model.forward(input, undefined, dims)];
    const many = (input: ArrayLike<number>): number[] => [...model.forwardBatch(input, undefined, dims)];
    const small = inner.slice(0, size);
    const expected = { one: one(outer.slice(0, size)), many: many(outer), small: one(small), inner: many(inner) };
    for (const make of Object.values(inputs)) {
      for (const at of new Set([0, 1, size - 1, size, 2 * size + 1])) {
        // An element may be read several times, and each read makes a call, which makes another.
        const run = (): void => {
          expect(one(make(small, 0, () => expect(many(inner)).toEqual(expected.inner)))).toEqual(expected.small);
          // Another number of samples, and of run-time steps: memory that grows.
          const more = Array.from({ length: 40 * size }, numbers(5));
          expect(model.forwardBatch(more, undefined, dims && { time: 8 }).length).toBeGreaterThan(0);
        };
        if (at < size) expect(one(make(outer.slice(0, size), at, run))).toEqual(expected.one);
        expect(many(make(outer, at, run))).toEqual(expected.many);
      }
    }
  });

  test.each(ways)("a getter that throws leaves nothing behind: %j", async (options) => {
    const model = await load(text, options);
    const values = Array.from({ length: 3 * size }, numbers(3));
    const expected = [...model.forwardBatch(values, undefined, dims)];
    const throwing = (inputs["a getter"] as NonNullable<(typeof inputs)[string]>)(values, size, () => {
      throw new Error("mine");
    });
    expect(() => model.forwardBatch(throwing, undefined, dims)).toThrow("mine");
    expect([...model.forwardBatch(values, undefined, dims)]).toEqual(expected);
  });
});

describe("an index that is refused leaves the output as it was", () => {
  const texts = {
    "read from the input": "model Net { input [3]  Embedding(5, 2) }",
    "behind other layers": "model Net { input [3]  Rescaling(1)  Embedding(5, 2)  GlobalAveragePooling1D() }",
    "of run-time steps": "dim time  model Net { input [time]  Embedding(5, 2) }",
  };
  test.each(Object.entries(texts).flatMap(([name, text]) => ways.map((options) => [name, options, text] as const)))(
    "%s, %j",
    async (_, options, text) => {
      const model = await load(text, options);
      const dims = text.includes("time") ? { time: 3 } : undefined;
      for (const samples of [1, 2, 7, 40]) {
        const good = Array.from({ length: 3 * samples }, (_, at) => at % 5);
        const expected = model.forwardBatch(good, undefined, dims);
        for (const at of [0, 2, 3 * samples - 1]) {
          const bad = good.with(at, 5);
          const output = new Float32Array(expected.length).fill(9);
          expect(() => model.forwardBatch(bad, output, dims)).toThrow(RangeError);
          expect(output.every((value) => value === 9)).toBe(true);
          if (samples === 1) expect(() => model.forward(bad, output, dims)).toThrow(RangeError);
          expect(output.every((value) => value === 9)).toBe(true);
          expect(model.forwardBatch(good, output, dims)).toBe(output);
          expect(output).toEqual(expected);
        }
      }
    },
  );
});
