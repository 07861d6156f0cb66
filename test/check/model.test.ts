import { describe, expect, test } from "vitest";
import { formatShape } from "../../src/ir/shape.ts";
import { isTrained } from "../../src/check/is-trained.ts";
import type { LayerInstance, Model, ModelLayer } from "../../src/check/model.ts";
import { checkedModel, checkText } from "./check-text.ts";

const names = (model: Model): readonly string[] => model.layers.map(({ name }) => name);
const shapes = (model: Model): readonly string[] => model.layers.map(({ outputShape }) => formatShape(outputShape));

function config(model: Model, layer = 0): LayerInstance["config"] {
  const instance = model.layers[layer];
  if (instance?.kind !== "layer") throw new Error("no layer");
  return instance.config;
}

describe("a checked model", () => {
  test("keeps what the file says", async () => {
    const model = await checkedModel(`
      /// Hand-written digits.
      model Digits {
        weights "./digits.keras"
        input [64]
        Rescaling(1/16)
        /// The features.
        hidden: Dense(8, activation=leaky_relu(negative_slope=0.1), kernel_initializer=he_normal(seed=7), kernel_regularizer=l2(1e-4))
        Dense(2, softmax, false)
        labels ["no", "yes"]
      }`);
    expect(model).toMatchObject({
      name: "Digits",
      exportName: "digits",
      doc: "Hand-written digits.",
      file: "main.layers",
      dims: [],
      labels: ["no", "yes"],
      weights: { path: "./digits.keras" },
    });
    expect(names(model)).toEqual(["rescaling", "hidden", "dense"]);
    expect(model.layers[1]).toMatchObject({
      named: true,
      doc: "The features.",
      weights: [
        { name: "kernel", shape: [64, 8], trainable: true },
        { name: "bias", shape: [8], trainable: true },
      ],
      config: {
        units: 8,
        activation: { definition: { name: "leaky_relu" }, args: { negative_slope: 0.1 } },
        kernel_initializer: { identifier: "he_normal", className: "HeNormal", config: { seed: 7 } },
        kernel_regularizer: { identifier: "l2", config: { l2: 1e-4 } },
        bias_initializer: { className: "Zeros" },
        kernel_constraint: null,
      },
    });
    expect(model.layers[2]).toMatchObject({ weights: [{ name: "kernel", shape: [8, 2] }] });
    expect(Object.keys(config(model, 1))).toEqual([
      "units",
      "activation",
      "use_bias",
      "kernel_initializer",
      "bias_initializer",
      "kernel_regularizer",
      "bias_regularizer",
      "activity_regularizer",
      "kernel_constraint",
      "bias_constraint",
    ]);
  });

  test.each([
    ["Dense(10*10*256, use_bias=false) -> [25600]", "[100]", ["[25600]"]],
    ["Dense(3) Flatten() Reshape([3, -1]) Reshape([-1])", "[2, 6]", ["[2, 3]", "[6]", "[3, 2]", "[6]"]],
    [
      "Dense(16) Flatten() Reshape([-1, 8]) Reshape([2, time, 8])",
      "[time, 4]",
      ["[time, 16]", "[16*time]", "[2*time, 8]", "[2, time, 8]"],
    ],
    ["Flatten() Dense(2)", "[]", ["[1]", "[2]"]],
    ["Reshape([])", "[1]", ["[]"]],
    ["Softmax(axis=1) Softmax(-2) ReLU(6) Activation(gelu) Dropout(1)", "[3, 4]", Array(5).fill("[3, 4]")],
    ["Flatten(channels_first)", "[3]", ["[3]"]],
    ["Dense(2, activation=none)", "[3]", ["[2]"]],
  ])("%s on %s", async (layers, input, expected) => {
    expect(shapes(await checkedModel(`/// For others.\ndim time model M { input ${input} ${layers} }`))).toEqual(
      expected,
    );
  });

  test("has the dims of its input", async () => {
    const model = await checkedModel("dim a dim b model M { input [b, a, b, 3] Dense(2) }");
    expect(model.dims).toEqual(["b", "a"]);
  });

  test("nests models", async () => {
    const model = await checkedModel(`
      model TinyEncoder { input [4] Dense(2) }
      model M { input [4] TinyEncoder Dense(4) TinyEncoder Dense(4) other: TinyEncoder -> [2] }`);
    expect(names(model)).toEqual(["tiny_encoder", "dense", "tiny_encoder_1", "dense_1", "other"]);
    expect(model.layers[0]).toMatchObject({ kind: "nested", model: { name: "TinyEncoder" } });
  });

  test("says which layers are trained, and which nested models", async () => {
    const model = await checkedModel(`
      model Encoder { input [4] Dense(3) Dense(2, trainable=false) }
      model M {
        input [4]
        BatchNormalization(trainable=false)
        Encoder
        Dense(4, relu, trainable=true)
        frozen: Encoder(trainable=false)
      }`);
    expect(model.layers.map(({ name, trainable }) => [name, trainable])).toEqual([
      ["batch_normalization", false],
      ["encoder", true],
      ["dense", true],
      ["frozen", false],
    ]);
    expect(config(model)).not.toHaveProperty("trainable");
    const trained = (layers: readonly ModelLayer[], around: readonly ModelLayer[]): readonly string[] =>
      layers.flatMap((layer) =>
        layer.kind === "nested"
          ? trained(layer.model.layers, [...around, layer])
          : layer.weights
              .filter((weight) => isTrained(weight, [...around, layer]))
              .map(({ name }) => [...around, layer, { name }].map((each) => each.name).join("/")),
      );
    expect(trained(model.layers, [])).toEqual([
      "encoder/dense/kernel",
      "encoder/dense/bias",
      "dense/kernel",
      "dense/bias",
    ]);
  });

  test("says of a layer within another one that its weights are not trained", async () => {
    const [layer] = (await checkedModel("model M { input [2, 4] TimeDistributed(Dense(3, trainable=false)) }")).layers;
    expect(layer).toMatchObject({
      trainable: true,
      weights: [
        { name: "dense/kernel", trainable: false },
        { name: "dense/bias", trainable: false },
      ],
    });
  });

  test("comes only without errors, and so do those around it", async () => {
    const { models, diagnostics } = await checkText(`
      model A { input [4] Dense(0) }
      model B { input [4] A Dense(3) }
      model C { input [4] Dense(3) }`);
    expect(models.map(({ name }) => name)).toEqual(["C"]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["argument-range"]);
  });
});

describe("layer names", () => {
  test.each([
    ["Dense(1) ReLU() Dense(1) ReLU()", ["dense", "re_lu", "dense_1", "re_lu_1"]],
    ["repeat 2 { Dense(1) H() }", ["dense", "dense_1", "dropout", "dense_2", "dense_3", "dropout_1"]],
    ["repeat 3 { a: Dense(1) }", ["a", "a_1", "a_2"]],
    ["repeat 2 { a: Dense(1) } a_1: Dense(1)", ["a", "a_2", "a_1"]],
    ["Dense(1) dense: Dense(1) Dense(1)", ["dense_1", "dense", "dense_2"]],
    ["dense_1: Dense(1) Dense(1) Dense(1)", ["dense_1", "dense", "dense_2"]],
    ['"dense-1": Dense(1) constructor: Dense(1) "*\\\\ `${x}": Dense(1)', ["dense-1", "constructor", "*\\ `${x}"]],
    ["toString: Dense(1) hasOwnProperty: Dense(1)", ["toString", "hasOwnProperty"]],
  ])("%s", async (layers, expected) => {
    const block = "/// For others.\nblock H() { Dense(1) Dropout(0.1) }";
    expect(names(await checkedModel(`${block} model M { input [1] ${layers} }`))).toEqual(expected);
  });
});

describe("values", () => {
  test.each([
    ["2 + 3 * 4", 14],
    ["2 ** 3 ** 2", 512],
    ["-2 ** 2 + 10", 6],
    ["(7 - 3) / 2", 2],
    ["-7 % 3", 2],
    ["7 % -3 + 3", 1],
    ["floor(7 / 2)", 3],
    ["1_000 / 1e2", 10],
    ["n * 2", 12],
    ["floor(half)", 3],
  ])("%s is %d", async (expression, expected) => {
    // `half` comes before what it needs.
    const model = await checkedModel(
      `/// For others.\nlet half = n / 2\n/// For others.\nlet n = 6 model M { input [1] Dense(${expression}) }`,
    );
    expect(config(model)["units"]).toBe(expected);
  });

  test("keywords, lists and strings go through lets and parameters", async () => {
    const model = await checkedModel(`
      let act = relu
      let init = he_normal(seed=seed)
      let seed = 3
      let target = [2, -1]
      let yes = "yes"
      block B(units, activation=act) { Dense(units, activation=activation, kernel_initializer=init) }
      model M { input [1] B(4) Reshape(target) B(activation=tanh, units=2) labels [yes, "no"] }`);
    expect(config(model, 0)).toMatchObject({
      activation: { definition: { name: "relu" } },
      kernel_initializer: { config: { seed: 3 } },
    });
    expect(config(model, 1)["target_shape"]).toEqual([2, -1]);
    expect(config(model, 2)).toMatchObject({ units: 2, activation: { definition: { name: "tanh" } } });
    expect(model.labels).toEqual(["yes", "no"]);
  });

  test("a parameter hides a name of its file, and a default sees the parameters before it", async () => {
    const model = await checkedModel(`
      let units = 9
      block B(units, inner=units * 2) { Dense(inner) Dense(units) }
      model M { input [1] B(3) Dense(units) }`);
    expect(shapes(model)).toEqual(["[6]", "[3]", "[9]"]);
  });
});

describe("imports", () => {
  const lib = `
    let width = 2 * base
    let base = 4
    dim time
    block Hidden(units=width) { Dense(units) }
    model Encoder { input [time, 3] Hidden() }
    let unused = 1 / 0`;

  test("bring lets, dims, blocks and models with the names they see", async () => {
    const { models, diagnostics } = await checkText(
      `import { width, time, Hidden, Encoder } from "./lib.layers"
       model M { input [time, 3] Encoder Hidden(width + 1) }`,
      { "lib.layers": lib },
    );
    expect(diagnostics).toEqual([]);
    expect(models.map(({ name }) => name)).toEqual(["M"]);
    expect(shapes(models[0] as Model)).toEqual(["[time, 8]", "[time, 9]"]);
  });

  test("do not bring what the file itself imports", async () => {
    const { diagnostics } = await checkText(`import { base } from "./b.layers" model M { input [1] Dense(base) }`, {
      "b.layers": `import { base } from "./lib.layers" let other = base`,
      "lib.layers": lib,
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(["unknown-import"]);
  });

  test("of a file that can't be read stay silent", async () => {
    const { diagnostics, models } = await checkText(
      `import { A, b, C } from "./none.layers" model M { input [b] A(3) C Dense(b) }`,
    );
    expect(diagnostics).toHaveLength(1);
    expect(models).toEqual([]);
  });
});
