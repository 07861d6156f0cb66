import { expect, test } from "vitest";
import { readWeightFile } from "../../src/weights/read-weight-file.ts";
import { instantiate, type Instance } from "../random/instantiate.ts";
import { inputOf } from "./inputs.ts";
import { judge } from "./judge.ts";
import { judgeOutputs, type Compile } from "./judges/judge-outputs.ts";
import { modelsOf } from "./judges/models-of.ts";
import { wrongArrays } from "./judges/wrong-arrays.ts";
import { randomOf } from "./random.ts";

test("the number of an input and the seed say what it is", () => {
  for (const number of [0, 1, 17]) {
    const { forge: _forge, ...input } = inputOf(7, number);
    expect(inputOf(7, number)).toMatchObject(input);
  }
});

test("a hundred inputs are taken as they should be; npm run fuzz tries more", async () => {
  const counts: Record<string, number> = {};
  for (let number = 0; number < 100; number++) {
    const input = inputOf(0, number);
    expect(await judge(input, counts), `npm run fuzz -- --seed 0 --only ${number}`).toBe(undefined);
  }
  expect(Object.keys(counts)).toEqual(expect.arrayContaining(["exit 0", "exit 1", "outputs: compared"]));
});

test("what is wrong is told", async () => {
  const files = { "m.layers": "model M { input [2] Dense(1) }", "m.ts": "// by hand" };
  const input = { kind: "source", argv: ["build", "m.layers"], files };
  expect(await judge(input, {})).toBe(undefined);
  const forged = { ...input, kind: "cache", files: { ...files, "package.json": "{}" }, forge: (body: string) => body };
  expect(await judge(forged, {})).toMatch(/^exit 2: error\[output-not-generated\]/);
});

/** A module whose outputs are changed by a hair, or otherwise. */
function changed(change: (value: number, at: number) => number, only: "forward" | "forwardBatch"): Compile {
  return async (model, arrays, mode): Promise<Instance> => {
    const instance = await instantiate(model, arrays, mode);
    return { ...instance, [only]: (...args: Parameters<Instance["forward"]>) => instance[only](...args).map(change) };
  };
}

test.each<[string, Compile]>([
  ["by a hundred thousandth", changed((value, at) => (at === 2 ? value + 1e-5 : value), "forward")],
  ["for NaN", changed((value, at) => (at === 1 ? NaN : value), "forward")],
  ["in a batch only", changed((value, at) => (at === 4 ? value * 1.0001 : value), "forwardBatch")],
  [
    "a value",
    async (model, arrays, mode) => {
      const instance = await instantiate(model, arrays, mode);
      return { ...instance, forward: (...args) => instance.forward(...args).subarray(1) };
    },
  ],
  [
    "a weight",
    (model, arrays, mode) =>
      instantiate(
        model,
        new Map([...arrays].map(([name, array]) => [name, array.with(0, (array[0] ?? 0) + 1e-4)])),
        mode,
      ),
  ],
])("a module that is off %s is told", async (_, compile) => {
  const text = "model M { input [4] Dense(8, tanh) LayerNormalization() Dense(3, sigmoid) }";
  const [model] = await modelsOf("m.layers", { "m.layers": text });
  // A seed whose samples are not extreme.
  expect(await judgeOutputs(model as NonNullable<typeof model>, randomOf(1), {})).toBe(undefined);
  const why = await judgeOutputs(model as NonNullable<typeof model>, randomOf(1), {}, compile);
  expect(why).toMatch(/^M, \{.*?(?:sample \d|values)/);
});

test.each([".npz", ".safetensors", ".h5", ".keras", ".pt"])(
  "an array that is not that of a %s is told",
  async (ending) => {
    const counts: Record<string, number> = {};
    let number = 0;
    // The first of its kind that is read and that the other reader can read.
    for (; counts[`arrays ${ending} judged`] === undefined; number++) {
      const input = inputOf(1, number);
      if (input.kind !== `weights ${ending}`) continue;
      expect(await wrongArrays(input, counts)).toBe(undefined);
    }
    const wrong = await wrongArrays(inputOf(1, number - 1), {}, async (bytes, path) => {
      const read = await readWeightFile(bytes, path);
      const change = (entry: object): void => {
        if ("entries" in entry) (entry.entries as readonly object[]).forEach(change);
        if ("arrays" in entry)
          for (const { data } of entry.arrays as readonly { data: Float32Array }[])
            if (data.length > 0) data[0] = 47.11;
      };
      if (read.ok) change(read.file.root);
      return read;
    });
    expect(wrong).toMatch(/arrays are not those of the file$/);
  },
);
