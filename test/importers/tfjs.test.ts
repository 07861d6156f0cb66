import { describe, expect, test } from "vitest";
import { readSafetensors } from "../../src/weights/readers/safetensors.ts";
import type { WeightContainer } from "../../src/weights/weight-file.ts";
import { makeSandbox } from "../cli/sandbox.ts";
import { readNpz } from "../weights/support.ts";
import {
  fixtureBytes,
  importAndBuild,
  layerc,
  missingNames,
  readCases,
  toFloat32,
  worstError,
  type KerasCase,
} from "./support.ts";
import { quantized, writeTfjs, type Quantization, type TfjsArray } from "./tfjs-writer.ts";

interface CaseLayer {
  readonly weights?: readonly { readonly path: string; readonly shape: readonly number[] }[];
  readonly layers?: readonly CaseLayer[];
}

/** The trained arrays of a case, named as the converter names them: without the name of the whole model. */
function arraysOf(recorded: KerasCase): readonly TfjsArray[] {
  const values = readNpz(fixtureBytes(`${recorded.path}/${recorded.files["npz"]}`));
  const shapes = new Map<string, readonly number[]>();
  const visit = (layer: CaseLayer): void => {
    for (const { path, shape } of layer.weights ?? []) shapes.set(path, shape);
    for (const inner of layer.layers ?? []) visit(inner);
  };
  for (const layer of (recorded as KerasCase & { readonly layers: readonly CaseLayer[] }).layers) visit(layer);
  const outer = `${recorded.keras_config.config.name}/`;
  return [...values].map(([path, data]) => ({
    name: path.startsWith(outer) ? path.slice(outer.length) : path,
    shape: shapes.get(path) ?? [],
    data,
  }));
}

const cases = readCases("models").filter(
  (recorded) => recorded.files["npz"] !== undefined && missingNames(recorded.keras_config).length === 0,
);

test("there are cases", () => expect(cases.length).toBeGreaterThan(10));

test.each(cases.map((recorded) => [recorded.path, recorded] as const))(
  "%s as a layers-model computes what Keras does",
  async (_path, recorded) => {
    const files = writeTfjs(recorded.keras_config, arraysOf(recorded));
    const { forwardBatch } = await importAndBuild(files, "tfjs/model.json");
    const outputs = forwardBatch(toFloat32(recorded.inputs));
    expect(worstError(outputs, recorded.outputs_float64)).toBeLessThanOrEqual(2e-6);
  },
);

const digits = cases.find(({ path }) => path.endsWith("digits_64_32_10")) as KerasCase;

test("the same source and weights as from .keras; the folder stands for its model.json", async () => {
  const tfjs = await importAndBuild(writeTfjs(digits.keras_config, arraysOf(digits)), "tfjs");
  const keras = await importAndBuild({ "d.keras": fixtureBytes(`${digits.path}/model.keras`) }, "d.keras");
  expect(tfjs.source).toBe(keras.source);
  expect(tfjs.weights).toEqual(keras.weights);
});

describe.each(["uint8", "uint16", "float16"] as const)("weights quantised as %s", (quantization: Quantization) => {
  test("are what TensorFlow.js makes of them", async () => {
    const arrays = arraysOf(digits);
    const files = writeTfjs(digits.keras_config, arrays, { quantization });
    const { weights } = await importAndBuild(files, "tfjs/model.json");
    const read = flatten(readSafetensors(weights));
    expect(read.size).toBe(arrays.length);
    for (const array of arrays) {
      expect(read.get(array.name.replace("/", "."))).toEqual(quantized(array, quantization));
    }
  });
});

function flatten(container: WeightContainer): ReadonlyMap<string, Float32Array> {
  return new Map(
    container.entries.flatMap((entry) =>
      entry.kind === "layer" ? entry.arrays.map((array) => [array.source, array.data] as const) : [...flatten(entry)],
    ),
  );
}

describe("a layers-model that is wrong", () => {
  const arrays = arraysOf(digits);
  const good = writeTfjs(digits.keras_config, arrays);
  const json = JSON.parse(good["tfjs/model.json"] as string) as Record<string, unknown>;
  const manifest = json["weightsManifest"] as readonly {
    paths: readonly string[];
    weights: readonly Record<string, unknown>[];
  }[];
  const group = manifest[0] as (typeof manifest)[number];
  const withGroup = (changes: object) => ({ ...json, weightsManifest: [{ ...group, ...changes }] });
  const withFirst = (changes: object) =>
    withGroup({ weights: [{ ...group.weights[0], ...changes }, ...group.weights.slice(1)] });

  test.each([
    [
      "an empty graph-model",
      { format: "graph-model", modelTopology: { node: [] }, weightsManifest: [] },
      "its graph has no output",
    ],
    ["an architecture alone", digits.keras_config, "without its weights"],
    ["JSON of something else", { name: "package" }, "JSON without a modelTopology"],
    ["no manifest", { ...json, weightsManifest: undefined }, "has no weightsManifest"],
    ["a shard above the folder", withGroup({ paths: ["../secret.bin"] }), "not a file beside model.json"],
    ["an absolute shard", withGroup({ paths: ["/etc/passwd"] }), "not a file beside model.json"],
    ["a shard on the net", withGroup({ paths: ["https://example.org/w.bin"] }), "not a file beside model.json"],
    [
      "a missing shard",
      withGroup({ paths: ["other.bin"] }),
      "error[import-incomplete]: The model file is not whole: its file of weights 'other.bin' can't be read",
    ],
    ["too few bytes", withGroup({ paths: group.paths.slice(1) }), "its model.json says"],
    ["too many bytes", withGroup({ paths: [...group.paths, ...group.paths] }), "have more than"],
    ["an absurd shape", withFirst({ shape: [2 ** 40, 2 ** 40] }), "brings the arrays above"],
    ["a negative shape", withFirst({ shape: [-1, 4] }), "impossible shape"],
    ["a shape of texts", withFirst({ shape: ["1"] }), "has no shape"],
    ["strings", withFirst({ dtype: "string" }), "has the type string"],
    ["a quantisation without a scale", withFirst({ quantization: { dtype: "uint8" } }), "no scale and min"],
    ["an array of no layer", withFirst({ name: "elsewhere/kernel" }), "does not say which layer"],
    ["an array twice", withGroup({ weights: [...group.weights, group.weights[0]] }), "bytes"],
  ])("%s is an error, and nothing is written", async (_what, model, message) => {
    const files = { ...good, "tfjs/model.json": JSON.stringify(model) };
    const sandbox = makeSandbox(files);
    const { exitCode, stderr } = await layerc(sandbox, "import", "tfjs", "--out-dir", "out");
    expect({ exitCode, known: stderr.includes(message) ? message : stderr }).toEqual({ exitCode: 1, known: message });
    expect(Object.keys(sandbox.contents()).sort()).toEqual(Object.keys(files).sort());
  });

  test.each([
    "",
    "{",
    "[1]",
    "null",
    '{"modelTopology": {}}',
    '{"a":1,"a":2}',
    `{"x":${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
  ])("JSON that is no model: %.20s", async (text) => {
    const sandbox = makeSandbox({ "model.json": text });
    const { exitCode, stderr } = await layerc(sandbox, "import", "model.json");
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining("error[import-") as string });
    expect(Object.keys(sandbox.contents())).toEqual(["model.json"]);
  });
});
