import { describe, expect, test } from "vitest";
import { loadWeights } from "../../src/weights/load-weights.ts";
import { readWeightFile } from "../../src/weights/read-weight-file.ts";
import {
  caseModel,
  fixture,
  memoryHost,
  model,
  nested,
  readCase,
  readNpz,
  dense,
  activation,
  layer,
  shape,
} from "./support.ts";

/** Fixtures of layers and activations that the language has. */
const cases = [
  "compiled_adam",
  "custom_names",
  "deferred_build",
  "digits_64_32_10",
  "dropout_inference",
  "fixed_batch",
  "flatten_3x4",
  "float64_model",
  "generator_head_100_256",
  "iris_4_16_3",
  "keras2_layout_5_6_3",
  "nested_sequential",
  "rank3_5x7_dense4",
  "rank4_2x3x4",
  "regularized",
  "reshape_12",
  "single_unit_large_values",
  "twelve_dense",
  "xor_2_8_1",
];

describe.each(cases)("%s", (name) => {
  const { files } = readCase(name);
  const expected = [...readNpz(fixture(`keras/models/${name}/weights.npz`))];
  const formats = Object.entries(files).filter(([format]) => format !== "npz");

  test.each(formats)("%s", async (_format, path) => {
    const net = caseModel(name, path);
    const { arrays, diagnostics, dependencies } = await loadWeights(
      [net],
      memoryHost({ [path]: fixture(`keras/models/${name}/${path}`) }),
    );
    expect(diagnostics).toEqual([]);
    expect(dependencies).toEqual([path]);
    const found = [...(arrays.get(net) ?? [])];
    expect(found.length).toBe(expected.length);
    // The archive's keys start with the model's name, those of a nested model sometimes not.
    for (const [key, data] of found) {
      const matches = expected.filter(([other]) => other === key || other.endsWith(`/${key}`));
      expect(matches.map(([, values]) => values)).toEqual([data]);
    }
  });
});

const relu = activation("relu");
const softmax = activation("softmax");

test.each([
  ["iris", [dense("dense", 4, 16, { activation: relu }), dense("dense_1", 16, 3, { activation: softmax })]],
  [
    "digits",
    [
      layer("Rescaling", "rescaling", { input: shape(64), config: { scale: 1 / 16, offset: 0 } }),
      dense("hidden", 64, 64, { named: true, activation: relu }),
      dense("dense", 64, 32, { activation: relu }),
      dense("dense_1", 32, 10, { activation: softmax }),
    ],
  ],
] as const)("the trained network %s binds in both formats with equal arrays", async (name, layers) => {
  const paths = [`${name}.keras`, `${name}.h5`];
  const models = paths.map((path) => model("Net", layers, path));
  const files = Object.fromEntries(paths.map((path) => [path, fixture(`trained/${name}/${path}`)]));
  const result = await loadWeights(models, memoryHost(files));
  expect(result.diagnostics).toEqual([]);
  const [a, b] = models.map((item) => result.arrays.get(item));
  expect(a?.size).toBe(layers.filter((item) => item.weights.length > 0).length * 2);
  expect(a).toEqual(b);
});

test("a nested model takes its arrays from its own clause, at every use", async () => {
  const encoder = model(
    "Encoder",
    [
      dense("dense", 4, 6, { activation: activation("relu") }),
      dense("dense_1", 6, 5, { activation: activation("tanh") }),
      dense("dense_2", 5, 3, { activation: activation("softmax") }),
    ],
    "a.safetensors",
  );
  const outer = model("Twice", [nested("encoder", encoder), nested("encoder_1", encoder)]);
  const { writeSafetensors } = await import("../../src/files/write-safetensors.ts");
  const bytes = writeSafetensors(
    encoder.layers.flatMap((item) =>
      item.kind === "layer"
        ? item.weights.map((weight) => ({
            name: `${item.name}.${weight.name}`,
            shape: weight.shape,
            data: new Float32Array(weight.shape.reduce((a, b) => a * b, 1)).fill(0.5),
          }))
        : [],
    ),
  );
  const host = memoryHost({ "a.safetensors": bytes });
  const result = await loadWeights([encoder, outer], host);
  expect(result.diagnostics).toEqual([]);
  expect(host.reads).toEqual(["a.safetensors"]);
  expect(result.arrays.get(encoder)?.size).toBe(6);
  expect([...(result.arrays.get(outer)?.keys() ?? [])]).toContain("encoder_1/dense_2/bias");
  expect(result.arrays.get(outer)?.size).toBe(12);
});

test("layers the language lacks are still read", async () => {
  const path = "model.keras";
  const result = await readWeightFile(fixture("keras/models/batchnorm_stats/model.keras"), path);
  expect(result.ok && result.file.root.entries.map((entry) => entry.keras?.className)).toEqual([
    "InputLayer",
    "Dense",
    "BatchNormalization",
    "Activation",
    "Dense",
  ]);
  expect(result.ok && result.file.root.entries[2]?.kind === "layer" && result.file.root.entries[2].arrays.length).toBe(
    4,
  );
});
