import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { findLayer } from "../../src/layers/index.ts";
import type { ConfigValue, LayerConfig } from "../../src/layers/definition.ts";
import { stepsOfEntry } from "../../src/weights/bind/file-steps.ts";
import { stepsOfLayer } from "../../src/weights/bind/model-steps.ts";
import { sameOperation } from "../../src/weights/bind/same-operation.ts";
import { activation, bind, dense, fixture, layer, shape } from "./support.ts";

const original = unzipSync(fixture("keras/models/extras_rescale_permute/model.keras"));

/** Keras' file with other arguments of its Permute, RepeatVector or Flatten, by class. */
function fileWith(changes: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Uint8Array {
  const parsed = JSON.parse(strFromU8(original["config.json"] as Uint8Array)) as {
    config: { layers: { class_name: string; config: Record<string, unknown> }[] };
  };
  for (const { class_name, config } of parsed.config.layers) Object.assign(config, changes[class_name]);
  return zipSync({ ...original, "config.json": strToU8(JSON.stringify(parsed)) });
}

function model(permute: LayerConfig, repeat: LayerConfig, repeater = "RepeatVector") {
  return [
    layer("Rescaling", "rescaling", { input: shape(3, 4), config: { scale: 1 / 127.5, offset: -1 } }),
    layer("Permute", "permute", { input: shape(3, 4), output: shape(4, 3), config: permute }),
    dense("dense", 3, 2, { activation: activation("relu") }),
    layer("Flatten", "flatten", { input: shape(4, 2), output: shape(8) }),
    layer(repeater, "repeat", { input: shape(8), output: shape(2, 8), config: repeat }),
    dense("dense_1", 8, 3),
  ];
}

const codes = async (layers: ReturnType<typeof model>, bytes: Uint8Array): Promise<readonly string[]> =>
  (await bind(layers, "model.keras", bytes)).codes;

test("layers without weights bind with the arguments of the file", async () => {
  expect(await codes(model({ dims: [2, 1] }, { n: 2 }), fileWith({}))).toEqual([]);
});

test.each<[name: string, permute: LayerConfig, repeat: LayerConfig]>([
  ["the order of axes", { dims: [1, 2] }, { n: 2 }],
  ["the number of copies", { dims: [2, 1] }, { n: 3 }],
])("%s must be that of the file", async (_name, permute, repeat) => {
  expect(await codes(model(permute, repeat), fileWith({}))).toEqual(["weight-forward-mismatch"]);
});

test("the message shows both arguments", async () => {
  const { diagnostics } = await bind(model({ dims: [1, 2] }, { n: 2 }), "model.keras", fileWith({}));
  expect(diagnostics[0]?.message).toContain("computes Permute(dims=[1,2])");
  expect(diagnostics[0]?.message).toContain("computes Permute(dims=[2,1])");
});

test("an argument that the file leaves out is taken on trust", async () => {
  expect(await codes(model({ dims: [2, 1] }, { n: 2, later: true }), fileWith({}))).toEqual([]);
});

test.each<[ours: string, theirs: string, same: boolean]>([
  ["relu", "relu", true],
  ["relu6", "relu", false],
  ["silu", "swish", true],
])("a TimeDistributed with %s, found %s", (ours, theirs, same) => {
  const inner = findLayer("Dense");
  if (inner === undefined) throw new Error("no Dense");
  const wrapped: ConfigValue = { kind: "layer", definition: inner, config: { units: 2, activation: activation(ours) } };
  const config = { layer: { class_name: "Dense", config: { units: 2, activation: theirs } } };
  const array = { name: "kernel", shape: [3, 2], data: new Float32Array(6), source: "kernel" };
  const [own] = stepsOfLayer(
    layer("TimeDistributed", "dense", { config: { layer: wrapped }, weights: [["dense/kernel", [3, 2]]] }),
  );
  const [other] = stepsOfEntry({
    kind: "layer",
    name: "dense",
    keras: { className: "TimeDistributed", name: "dense", config, node: {}, branched: false },
    arrays: [array],
    source: "",
  });
  if (own === undefined || other === undefined) throw new Error("no step");
  expect(sameOperation(own.operation, other.operation, own.shapes)).toBe(same);
});
