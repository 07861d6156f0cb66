import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { initializers } from "../../src/layers/keras-objects/initializers.ts";
import { arraysIn, trainerMaker, type Target } from "./make-trainer.ts";

interface KerasInitializer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, number | string | null>>;
}

/** What Keras says of its initializers: see the README of the fixtures. */
interface Fixture {
  readonly random: readonly {
    readonly serialized: KerasInitializer;
    readonly shape: readonly [number, number];
    readonly expected_stddev?: number;
    /** No number is farther from 0. */
    readonly limit?: number;
    readonly minval?: number;
    readonly maxval?: number;
    readonly gain?: number;
  }[];
  readonly deterministic: readonly {
    readonly serialized: KerasInitializer;
    readonly shape: readonly number[];
    readonly value: { readonly data: readonly number[] };
  }[];
}

const fixture = JSON.parse(
  readFileSync(new URL("../fixtures/keras/initializers.json", import.meta.url), "utf8"),
) as Fixture;

/** The kernel of a Dense layer that begins as an initializer says. */
async function kernel(
  initializer: string,
  [inputs, units]: readonly [number, number],
  { target = "typescript", seed = 11 }: { readonly target?: Target; readonly seed?: number } = {},
): Promise<Float64Array | Float32Array> {
  const text = `model M { input [${inputs}]  Dense(${units}, kernel_initializer=${initializer})
    compile(optimizer=sgd, loss=mse) }`;
  const trainer = (await trainerMaker(text, target))({ seed });
  return new Map(arraysIn(trainer.weights)).get("dense/kernel")!;
}

/** Without the seed: the trainer's own is tried. */
function called({ class_name: name, config }: KerasInitializer): string {
  const given = Object.entries(config).filter(([key, value]) => value !== null && key !== "seed");
  return `${name}(${given.map(([key, value]) => `${key}=${value}`).join(", ")})`;
}

test("every initializer is tried", () => {
  const tried = new Set([...fixture.random, ...fixture.deterministic].map(({ serialized }) => serialized.class_name));
  expect([...tried].toSorted()).toEqual(initializers.map(({ className }) => className).toSorted());
});

const spread = fixture.random.filter(({ gain }) => gain === undefined);

describe.each(["typescript", "wasm"] satisfies Target[])("%s", (target) => {
  const last = target === "typescript" ? spread : spread.filter(({ shape }) => shape[0] === 64);

  test.each(last.map((one) => [called(one.serialized), one.shape.join(" x "), one] as const))(
    "%s of %s has the moments and the bounds of its distribution",
    async (call, _, { shape, serialized, expected_stddev: deviation = NaN, limit = Infinity, minval, maxval }) => {
      const values = Array.from(await kernel(call, shape, { target }));
      const count = shape[0] * shape[1];
      expect(values).toHaveLength(count);
      const mean = values.reduce((sum, value) => sum + value, 0) / count;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
      const expected = Number(serialized.config["mean"] ?? 0) + ((minval ?? 0) + (maxval ?? 0)) / 2;
      // Five standard errors; the variance of a normal sample has the larger one.
      expect(Math.abs(mean - expected)).toBeLessThan((5 * deviation) / Math.sqrt(count));
      expect(Math.abs(variance / deviation ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
      const [low, high] = [minval ?? -limit, maxval ?? limit];
      for (const value of values) expect(value >= low && value <= high).toBe(true);
      // Bounds are come near to, and not at one place again and again.
      if (limit !== Infinity && count > 2000) expect(Math.max(...values)).toBeGreaterThan(0.97 * limit);
      expect(new Set(values).size).toBeGreaterThan(0.99 * count);
    },
  );

  test.each([
    [4, 16],
    [64, 32],
    [7, 7],
    [5, 1],
  ] as const)(
    "orthogonal: the vectors of the shorter side of %d x %d are as long as the gain, and orthogonal",
    async (rows, columns) => {
      const values = await kernel("orthogonal(gain=1.5)", [rows, columns], { target });
      const at = (row: number, column: number): number => values[row * columns + column] ?? NaN;
      const isWide = rows < columns;
      const [count, length] = isWide ? [rows, columns] : [columns, rows];
      const element = (vector: number, place: number): number => (isWide ? at(vector, place) : at(place, vector));
      for (let a = 0; a < count; a++) {
        for (let b = 0; b < count; b++) {
          let product = 0;
          for (let i = 0; i < length; i++) product += element(a, i) * element(b, i);
          expect(Math.abs(product - (a === b ? 2.25 : 0))).toBeLessThan(target === "wasm" ? 1e-6 : 1e-14);
        }
      }
    },
  );
});

test.each(fixture.deterministic.map((one) => [one.serialized.class_name, one.shape.join(" x "), one] as const))(
  "%s of %s",
  async (name, _, { serialized, shape, value: { data } }) => {
    // Keras leaves the gain of an identity out of what it saves.
    const call = name === "Identity" ? `identity(gain=${data[0]})` : called(serialized);
    const [inputs, units] = [shape.length === 1 ? 2 : (shape[0] ?? 0), shape.at(-1) ?? 0];
    const which = shape.length === 1 ? "bias" : "kernel";
    const text = `model M { input [${inputs}]  Dense(${units}, ${which}_initializer=${call}) compile(optimizer=sgd, loss=mse) }`;
    const trainer = (await trainerMaker(text))({});
    expect([...new Map(arraysIn(trainer.weights)).get(`dense/${which}`)!]).toEqual(data);
  },
);

test("fans are the last two axes times all others, or those that are named", async () => {
  const limits = await Promise.all(
    [
      ["input [6] Dense(3, kernel_initializer=variance_scaling(distribution=uniform, input_axes=[1]))", 3],
      [
        "input [6] Dense(3, kernel_initializer=variance_scaling(distribution=uniform, mode=fan_out, output_axes=[0, 1]))",
        18,
      ],
      ["input [9] Embedding(40, 50, embeddings_initializer=he_uniform)", 20],
      ['input [2, 6] EinsumDense("abc,cde->abde", output_shape=[2, 4, 5], kernel_initializer=lecun_uniform)', 24],
    ].map(async ([body, fan]) => {
      const trainer = (await trainerMaker(`model M { ${body}  Flatten() compile(optimizer=sgd, loss=mse) }`))({
        seed: 3,
      });
      const [[, values] = ["", new Float64Array()]] = arraysIn(trainer.weights);
      return [Math.max(...values.map(Math.abs)), Math.sqrt(3 / Number(fan))] as const;
    }),
  );
  for (const [found, limit] of limits) {
    expect(found).toBeLessThanOrEqual(limit);
    expect(found).toBeGreaterThan(0.8 * limit);
  }
});

test("a seed of an initializer's own is the same in every trainer, and for every array that has it", async () => {
  const text = `model M { input [3]  Dense(3, kernel_initializer=random_normal(seed=7))
    Dense(3, kernel_initializer=random_normal(seed=7))  Dense(3, kernel_initializer=random_normal(seed=8))
    Dense(3, kernel_initializer=random_normal) compile(optimizer=sgd, loss=mse) }`;
  const make = await trainerMaker(text);
  const kernels = (seed: number): readonly string[] =>
    arraysIn(make({ seed }).weights)
      .filter(([path]) => path.endsWith("kernel"))
      .map(([, values]) => values.join());
  const [one, other] = [kernels(1), kernels(2)];
  expect(one.slice(0, 3)).toEqual(other.slice(0, 3));
  expect(one[0]).toBe(one[1]);
  expect(new Set([...one, other[3]]).size).toBe(4);
});
