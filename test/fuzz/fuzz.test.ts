import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readWeightFile } from "../../src/weights/read-weight-file.ts";
import { instantiate, type Instance } from "../random/instantiate.ts";
import { inputOf } from "./inputs.ts";
import { judge } from "./judge.ts";
import { judgeOutputs, type Compile } from "./judges/judge-outputs.ts";
import { judgeConfigScript } from "./judges/judge-config-script.ts";
import { judgeNumbers } from "./judges/judge-numbers.ts";
import { judgePeer } from "./judges/judge-peer.ts";
import { judgeSelfTest } from "./judges/judge-self-test.ts";
import { modelsOf, type JudgedModel } from "./judges/models-of.ts";
import { wrongArrays } from "./judges/wrong-arrays.ts";
import { randomOf } from "./random.ts";
import { kerasFile } from "./readers/keras-file.ts";

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

test.each([".keras", ".h5"])("a %s file that is not what was read is told", async (ending) => {
  const file = (model: string): Uint8Array =>
    new Uint8Array(readFileSync(`test/fixtures/keras/models/${model}/model${ending}`));
  const name = `m${ending}`;
  const files = { [name]: file("iris_4_16_3") };
  const input = { kind: ending, argv: ["check", name], files, probe: 3 };
  const counts: Record<string, number> = {};
  expect(await judgeNumbers(input, 0, counts)).toBe(undefined);
  expect(counts).toEqual({ "outputs: compared": 1 });
  const model = (await modelsOf(name, files)).at(-1) as NonNullable<JudgedModel>;
  const other = await kerasFile(name, file("xor_2_8_1"));
  expect(await judgeOutputs({ ...model, layers: other }, randomOf(3), {})).toMatch(/3 values, expected 1$/);
});

const sound = { "m.layers": "model M { input [2] Rescaling(2) }", "c.json": '{"inputs":[[1,2]],"outputs":[[2,4.5]]}' };

test("a verdict of selfTest that does not follow from the cases is told", async () => {
  expect(await judgeSelfTest({ files: sound }, randomOf(1), {})).toBe(undefined);
  const verdict = { passed: false, tolerance: 2e-6, maxError: 0.5 / 4.5 };
  const of = (change: object): Promise<string | undefined> =>
    judgeSelfTest({ files: sound }, randomOf(1), {}, () => ({ ...verdict, ...change }));
  expect(await of({})).toBe(undefined);
  expect(await of({ passed: true })).toMatch(/^selfTest says \{/);
  expect(await of({ maxError: 0.5 })).toBe("selfTest says that the error is 0.5, expected 0.1111111111111111");
});

test("a config script that is refused without a word, or gives strange options, is told", async () => {
  const files = { "package.json": "{}", "layerc.config.mjs": 'export default { emit: "js" };' };
  const counts = {};
  expect(await judgeConfigScript(files, counts)).toBe(undefined);
  expect(counts).toEqual({ "config script: taken": 1 });
  const refused = { ok: false, diagnostics: [], sources: [], dependencies: [] } as const;
  expect(await judgeConfigScript(files, {}, async () => refused)).toBe("a config is refused without a word");
});

test("a peer that gives other outputs is told", async () => {
  const name = "clip_limits.onnx";
  const files = { [name]: new Uint8Array(readFileSync(`test/fixtures/cases/onnx-clip/${name}`)) };
  const input = { kind: ".onnx", argv: ["check", name], files };
  const counts: Record<string, number> = {};
  const why = await judgePeer(input, randomOf(1), counts, async (_files, _name, inputs) =>
    inputs.map(() => [Float32Array.from({ length: 100 }, () => 9)]),
  );
  expect(why ?? Object.keys(counts)).toEqual(["peer .onnx: no output of this size"]);
  const [model] = await modelsOf(name, files);
  const length = model?.model.outputShape[0]?.factor ?? 0;
  const wrong = await judgePeer(input, randomOf(1), counts, async (_files, _name, inputs) =>
    inputs.map(() => [new Float32Array(length).fill(1e6)]),
  );
  expect(wrong).toMatch(/its own software has \[1000000/);
  expect(await judgePeer(input, randomOf(1), counts, async () => undefined)).toBe(undefined);
  expect(counts["peer .onnx: refused"]).toBe(1);
});
