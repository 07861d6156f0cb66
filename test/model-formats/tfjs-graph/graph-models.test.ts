import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { makeSandbox } from "../../cli/sandbox.ts";
import { bodyOf, importAndBuild, layerc, worstError } from "../../importers/support.ts";
import { someNumbers } from "../onnx/operators/operator-model.ts";
import { filesOf, graphModels, type GraphModel } from "./graph-models.ts";

const file = new URL("./values.json", import.meta.url);
const recorded = (): Record<string, readonly number[]> =>
  JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, readonly number[]>;

const samples = 4;

function inputOf({ input = [3], type }: GraphModel): Float32Array {
  const numbers = someNumbers(samples * input.reduce((product, size) => product * size, 1), 5);
  return Float32Array.from(type === undefined ? numbers : numbers.map((value) => Math.abs(Math.round(value * 9))));
}

/**
 * What TensorFlow.js computes. With its folder in TFJS the values are recorded anew:
 * `TFJS=.../node_modules/@tensorflow/tfjs npx vitest run --config test/vitest.config.ts <this file>`
 */
const runtime = process.env["TFJS"];

interface TensorFlow {
  loadGraphModel(handler: object): Promise<{ predict(input: object): { dataSync(): ArrayLike<number> } }>;
  tensor(values: Float32Array, shape: readonly number[], type: string): object;
}

async function record(folder: string): Promise<void> {
  const entry = path.join(folder, "dist/tf.node.js");
  const { default: tf } = (await import(/* @vite-ignore */ pathToFileURL(entry).href)) as { default: TensorFlow };
  const values: Record<string, readonly number[]> = {};
  for (const model of graphModels) {
    const files = filesOf(model);
    const { modelTopology, weightsManifest, ...more } = JSON.parse(files["tfjs/model.json"] as string) as {
      readonly modelTopology: object;
      readonly weightsManifest: readonly { readonly weights: object }[];
    };
    const weightData = Uint8Array.from(files["tfjs/group1-shard1of1.bin"] as Uint8Array).buffer;
    const weightSpecs = weightsManifest[0]?.weights;
    const loaded = await tf.loadGraphModel({
      load: () => Promise.resolve({ modelTopology, weightSpecs, weightData, ...more }),
    });
    const { input = [3], type } = model;
    const given = tf.tensor(inputOf(model), [samples, ...input], type === undefined ? "float32" : "int32");
    values[model.name] = Array.from(loaded.predict(given).dataSync(), Number);
  }
  fs.writeFileSync(file, `${JSON.stringify(values)}\n`);
}

if (runtime !== undefined) await record(runtime);

describe("graph-models that are chains of layers compute what TensorFlow.js does", () => {
  test.each(graphModels.map((model) => [model.name, model] as const))("%s", async (name, model) => {
    const { source, forwardBatch } = await importAndBuild(filesOf(model), "tfjs");
    expect(bodyOf(source)).toBe(model.body);
    const data = recorded()[name];
    expect(data).toBeDefined();
    expect(worstError(forwardBatch(inputOf(model)), { shape: [], data: data ?? [] })).toBeLessThan(2e-6);
  });

  test("each has its values, and no others are kept", () => {
    expect(Object.keys(recorded()).sort()).toEqual(graphModels.map(({ name }) => name).sort());
  });
});

describe("graph-models that are no chain, or not whole, are refused by name", () => {
  const [plain] = graphModels as readonly [GraphModel];
  const changed = (change: (json: never) => void): Readonly<Record<string, string | Uint8Array>> => {
    const files = filesOf(plain);
    const json = JSON.parse(files["tfjs/model.json"] as string) as never;
    change(json);
    return { ...files, "tfjs/model.json": JSON.stringify(json) };
  };
  type Json = { modelTopology: { node: { op: string; name: string; input?: unknown; attr?: unknown }[] } };

  test.each<[string, (json: Json) => void, string]>([
    [
      "a convolution",
      ({ modelTopology: { node } }) => Object.assign(node.at(-4) ?? {}, { op: "Conv2D" }),
      "node 'a' (tensorflow.Conv2D) is not supported; Layers has no convolutions",
    ],
    [
      "an operation that is not known",
      ({ modelTopology: { node } }) => Object.assign(node.at(-2) ?? {}, { op: "TopKV2" }),
      "node 'c' (tensorflow.TopKV2) is not supported; convert the Keras model to one of layers: tensorflowjs_converter",
    ],
    [
      "a constant without an array",
      ({ modelTopology: { node } }) => node.push({ op: "Const", name: "lost" }),
      "its weightsManifest has no array for the constant 'lost'",
    ],
    ["no nodes", (json) => Object.assign(json.modelTopology, { node: {} }), "its modelTopology has no list of nodes"],
    [
      "nodes that are no objects",
      ({ modelTopology: { node } }) => node.push(3 as never),
      "its modelTopology has a node that is no object",
    ],
    [
      "an input without a shape",
      (json) => {
        Object.assign(json.modelTopology.node[0] ?? {}, { attr: { dtype: { type: "DT_FLOAT" } } });
        Object.assign(json, { signature: {} });
      },
      "its input 'x' has no shape",
    ],
  ])("%s", async (_, change, expected) => {
    const run = await layerc(makeSandbox(changed(change as never)), "import", "tfjs");
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(expected);
  });
});
