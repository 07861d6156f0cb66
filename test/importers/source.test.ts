import { describe, expect, test } from "vitest";
import { makeSandbox } from "../cli/sandbox.ts";
import { importAndBuild, layerc } from "./support.ts";
import { writeTfjs, type TfjsArray } from "./tfjs-writer.ts";

type Config = Readonly<Record<string, unknown>>;

const node = (className: string, config: Config, more: Config = {}) => ({ class_name: className, config, ...more });
const sequential = (name: string, layers: readonly unknown[], more: Config = {}) =>
  node("Sequential", { name, layers, ...more });
const input = (...axes: readonly (number | null)[]) =>
  node("InputLayer", { name: "input_layer", batch_shape: [null, ...axes], dtype: "float32" });
const dense = (name: string, units: number, more: Config = {}) =>
  node("Dense", { name, trainable: true, dtype: "float32", units, activation: "linear", use_bias: false, ...more });

/** Arrays with values that differ. */
function arrays(shapes: Readonly<Record<string, readonly number[]>>): readonly TfjsArray[] {
  return Object.entries(shapes).map(([name, shape], index) => {
    const size = shape.reduce((product, axis) => product * axis, 1);
    return { name, shape, data: Float32Array.from({ length: size }, (_, at) => Math.sin(at + index)) };
  });
}

async function sourceOf(topology: unknown, shapes: Readonly<Record<string, readonly number[]>>): Promise<string> {
  return (await importAndBuild(writeTfjs(topology, arrays(shapes)), "tfjs")).source;
}

/** The diagnostics of an import that fails. */
async function errorsOf(topology: unknown, shapes: Readonly<Record<string, readonly number[]>> = {}): Promise<string> {
  const sandbox = makeSandbox(writeTfjs(topology, arrays(shapes)));
  const { exitCode, stderr } = await layerc(sandbox, "import", "tfjs", "--out-dir", "out", "--name", "Net");
  expect(exitCode).toBe(1);
  expect(Object.keys(sandbox.contents()).filter((name) => name.startsWith("out"))).toEqual([]);
  return stderr;
}

describe("the source", () => {
  test("has every argument that differs from its default, under Keras' names", async () => {
    const topology = sequential("net", [
      input(4),
      dense("dense", 3, {
        activation: { class_name: "LeakyReLU", config: { name: "inner", trainable: true, alpha: 0.1 } },
        kernel_initializer: { module: "keras.initializers", class_name: "HeNormal", config: { seed: 7 } },
        bias_initializer: { class_name: "Zeros", config: {} },
        kernel_regularizer: { class_name: "L1L2", config: { l1: 0, l2: 0.009999999776482582 } },
        kernel_constraint: { class_name: "MaxNorm", config: { max_value: 2, axis: 1 } },
      }),
      node("Dropout", { name: "dropout", rate: 0.5, seed: 3, noise_shape: [null, 1] }),
      node("Rescaling", { name: "rescaling", scale: 1 / 255, offset: -1 }),
      node("Activation", { name: "activation", activation: { class_name: "function", config: "gelu" } }),
      node("Softmax", { name: "softmax", axis: [1] }),
    ]);
    expect(await sourceOf(topology, { "dense/kernel": [4, 3] })).toBe(`model Net {
  weights "./net.safetensors"
  input [4]

  Dense(
    3,
    activation=leaky_relu(0.1),
    use_bias=false,
    kernel_initializer=he_normal(seed=7),
    kernel_regularizer=l1_l2(l2=0.01),
    kernel_constraint=max_norm(axis=1),
  )
  Dropout(0.5, noise_shape=[none, 1], seed=3)
  Rescaling(1/255, offset=-1)
  Activation(gelu)
  Softmax()
}
`);
  });

  test("keeps names that Layers would not give, as strings where they are no identifiers", async () => {
    const topology = sequential("net", [
      input(2),
      dense("dense", 2),
      dense("dense_2", 2),
      dense("dense-3", 2),
      dense("dense_1", 2),
      dense("repeat", 2),
    ]);
    const shapes = {
      "dense/kernel": [2, 2],
      "dense_2/kernel": [2, 2],
      "dense-3/kernel": [2, 2],
      "dense_1/kernel": [2, 2],
    };
    const source = await sourceOf(topology, { ...shapes, "repeat/kernel": [2, 2] });
    const lines = source.split("\n").filter((line) => line.includes("Dense"));
    expect(lines.map((line) => line.trim())).toEqual([
      "Dense(2, use_bias=false)",
      "dense_2: Dense(2, use_bias=false)",
      '"dense-3": Dense(2, use_bias=false)',
      "Dense(2, use_bias=false)",
      "repeat: Dense(2, use_bias=false)",
    ]);
  });

  test("names run-time axes", async () => {
    const shapes = { "dense/kernel": [3, 2] };
    expect(await sourceOf(sequential("net", [input(null, 3), dense("dense", 2)]), shapes)).toMatch(
      /^dim time\n\nmodel Net \{\n[^]*input \[time, 3\]/,
    );
    expect(await sourceOf(sequential("net", [input(null, null, 3), dense("dense", 2)]), shapes)).toMatch(
      /^dim height\ndim width\n\n[^]*input \[height, width, 3\]/,
    );
  });

  test.each([
    ["of the first layer, as Keras 2 has it", sequential("net", [dense("dense", 2, { batch_input_shape: [null, 3] })])],
    ["of the build", sequential("net", [dense("dense", 2)], { build_input_shape: [null, 3] })],
    [
      "of the layer's build",
      sequential("net", [node("Dense", dense("dense", 2).config, { build_config: { input_shape: [null, 3] } })]),
    ],
    [
      "of a nested model",
      sequential("net", [sequential("inner", [input(3), node("Flatten", { name: "flatten" })]), dense("dense", 2)]),
    ],
    [
      "with a fixed batch",
      sequential("net", [node("InputLayer", { name: "i", batch_input_shape: [5, 3] }), dense("dense", 2)]),
    ],
    [
      "without a Sequential's name",
      { class_name: "Sequential", config: [dense("dense", 2, { batch_input_shape: [null, 3] })] },
    ],
  ])("takes the input shape %s", async (_what, topology) => {
    expect(await sourceOf(topology, { "dense/kernel": [3, 2] })).toContain("input [3]");
  });

  test("has a functional model that is a chain as Sequential", async () => {
    const history = (name: string) => [[[name, 0, 0, {}]]];
    const topology = node("Functional", {
      name: "functional_7",
      layers: [
        { ...input(3), name: "input_layer", inbound_nodes: [] },
        { ...dense("a", 4), name: "a", inbound_nodes: history("input_layer") },
        {
          ...dense("b", 2),
          name: "b",
          inbound_nodes: [
            { args: [{ class_name: "__keras_tensor__", config: { keras_history: ["a", 0, 0] } }], kwargs: {} },
          ],
        },
      ],
      input_layers: ["input_layer", 0, 0],
      output_layers: ["b", 0, 0],
    });
    expect(await sourceOf(topology, { "a/kernel": [3, 4], "b/kernel": [4, 2] })).toContain(
      "  a: Dense(4, use_bias=false)\n  b: Dense(2, use_bias=false)\n",
    );
  });

  test("has nested models as models of their own, once where they are the same", async () => {
    const block = (name: string, inner: string) => sequential(name, [dense(inner, 3)]);
    const topology = sequential("net", [
      input(3),
      block("block", "dense"),
      block("block_1", "dense"),
      block("dense", "dense"),
      sequential("head", [block("block", "dense"), dense("dense", 2)]),
    ]);
    const shapes = {
      "block/dense/kernel": [3, 3],
      "block_1/dense/kernel": [3, 3],
      "net/dense/dense/kernel": [3, 3],
      "head/block/dense/kernel": [3, 3],
      "head/dense/kernel": [3, 2],
    };
    const source = await sourceOf(topology, shapes);
    expect(source).toBe(`model Block {
  input [3]
  Dense(3, use_bias=false)
}

model DenseModel {
  input [3]
  Dense(3, use_bias=false)
}

model Head {
  input [3]
  Block
  Dense(2, use_bias=false)
}

model Net {
  weights "./net.safetensors"
  input [3]

  Block
  Block
  dense: DenseModel
  Head
}
`);
  });

  test("freezes what the file freezes, a nested model as a whole where all of it is", async () => {
    const inner = (name: string, own: Config) =>
      node("Sequential", {
        name,
        ...own,
        layers: [input(3, 2), dense("dense", 2, { trainable: false }), dense("last", 2, own)],
      });
    const topology = sequential("net", [
      input(3, 2),
      inner("whole", { trainable: false }),
      inner("part", { trainable: true }),
      node("TimeDistributed", { name: "steps", layer: dense("dense", 2, { trainable: false }) }),
    ]);
    const shape = [2, 2];
    const source = await sourceOf(topology, {
      "whole/dense/kernel": shape,
      "whole/last/kernel": shape,
      "part/dense/kernel": shape,
      "part/last/kernel": shape,
      "steps/kernel": shape,
    });
    expect(source.split("\n").filter((line) => /\bDense\(|^ {2}(?:Whole|Part)/.test(line))).toEqual([
      "  Dense(2, use_bias=false)",
      "  last: Dense(2, use_bias=false)",
      "  Dense(2, use_bias=false, trainable=false)",
      "  last: Dense(2, use_bias=false)",
      "  Whole(trainable=false)",
      "  Part",
      "  steps: TimeDistributed(Dense(2, use_bias=false, trainable=false))",
    ]);
  });

  test("says in comments what could not be carried over", async () => {
    const topology = sequential("net", [
      input(2),
      dense("dense", 2, { dtype: { class_name: "DTypePolicy", config: { name: "mixed_float16" } }, trainable: false }),
      dense("dense_1", 2, {
        kernel_initializer: { module: "mine", class_name: "Odd", config: {}, registered_name: "mine>Odd" },
      }),
    ]);
    const files = writeTfjs(topology, arrays({ "dense/kernel": [2, 2], "dense_1/kernel": [2, 2] }));
    const { source, imported } = await importAndBuild(files, "tfjs");
    expect(source).toContain("// The file computes in mixed_float16; here everything is float32.\nmodel Net {");
    expect(source).toContain("  Dense(2, use_bias=false, trainable=false)");
    expect(source).toMatch(
      / {2}\/\/ kernel_initializer=\{"module":"mine".* acts only in training\n {2}Dense\(2, use_bias=false\)/,
    );
    expect(imported.stderr).toContain("hint[import-precision]");
    expect(imported.stderr).toContain("warning[import-training-dropped]");
  });

  test("cleans names that Layers does not allow", async () => {
    const topology = sequential("net", [
      input(2),
      node("Flatten", { name: "a/b" }),
      node("Flatten", { name: "__proto__" }),
    ]);
    const source = await sourceOf(topology, {});
    expect(source).toContain('// named "a/b" in the file\n  a_b: Flatten()');
    expect(source).toContain('// named "__proto__" in the file\n  Flatten()');
  });
});

describe("a model that can't be imported", () => {
  test("names all layers that Layers does not have, in one run", async () => {
    const text = await errorsOf(
      sequential("net", [
        input(8, 8, 1),
        node("Conv2D", { name: "conv2d", filters: 3 }),
        sequential("inner", [node("Lambda", { name: "lambda" }), node("LSTM", { name: "lstm" })]),
        node("Dense", { name: "mine", units: 2 }, { module: "my.layers", registered_name: "My>Dense" }),
        dense("dense", 2),
      ]),
    );
    expect(text).toContain("Layer 'conv2d' is of the class Conv2D, which Layers does not have (config.layers[1])");
    expect(text).toContain("Layer 'inner/lambda' is of the class Lambda");
    expect(text).toContain("(config.layers[2].config.layers[0])");
    expect(text).toContain("Layer 'inner/lstm' is of the class LSTM");
    expect(text).toContain("Layer 'mine' is of the class Dense");
    expect(text).toContain("it is a class of the model's author");
    expect(text).toContain("4 errors");
  });

  test.each<[string, unknown, string]>([
    [
      "an activation of its own",
      sequential("n", [input(2), dense("dense", 2, { activation: "my_gelu" })]),
      "activation=\"my_gelu\": there is no activation 'my_gelu'",
    ],
    [
      "a lambda",
      sequential("n", [input(2), dense("dense", 2, { activation: { class_name: "__lambda__", config: {} } })]),
      "activation={",
    ],
    [
      "an argument of later",
      sequential("n", [input(2), dense("dense", 2, { sparsity: 0.5 })]),
      "sparsity=0.5: Layers has no such argument",
    ],
    [
      "units that are none",
      sequential("n", [input(2), dense("dense", -2)]),
      "'units' of Dense must be a positive integer, found -2",
    ],
    ["no units", sequential("n", [input(2), node("Dense", { name: "dense" })]), "it must be given"],
    ["no input shape", sequential("n", [dense("dense", 2)]), "does not say what shape its input has"],
    [
      "two inputs",
      sequential("n", [dense("dense", 2)], {
        build_input_shape: [
          [null, 2],
          [null, 3],
        ],
      }),
      "has one input",
    ],
    [
      "an input of texts",
      sequential("n", [node("InputLayer", { name: "i", batch_shape: [null, "2"] })]),
      "positive integers or null",
    ],
    ["no layers", sequential("n", [input(2)]), "has no layers"],
    [
      "a shape that does not fit",
      sequential("n", [input(3), node("Reshape", { name: "r", target_shape: [2, 2] })]),
      "can't turn [3] into [2, 2]",
    ],
    [
      "a quantised model",
      sequential("n", [
        input(2),
        dense("dense", 2, { dtype: { class_name: "QuantizedDTypePolicy", config: { name: "int8_from_float32" } } }),
      ]),
      "quantised",
    ],
    ["an axis beyond all limits", sequential("n", [input(2), dense("dense", 2 ** 40)]), "error["],
  ])("%s", async (_what, topology, message) => {
    expect(await errorsOf(topology)).toContain(message);
  });

  test.each([
    [
      "two branches",
      ["x"],
      "'add' reads 2 layers",
      [
        [
          ["a", 0, 0, {}],
          ["b", 0, 0, {}],
        ],
      ],
    ],
    ["a skipped layer", ["x"], "'add' reads 'a', not 'b' before it", [[["a", 0, 0, {}]]]],
  ])("%s", async (_what, _names, message, nodes) => {
    const read = (name: string) => [[[name, 0, 0, {}]]];
    const topology = node("Functional", {
      name: "f",
      layers: [
        { ...input(2), inbound_nodes: [] },
        { ...dense("a", 2), inbound_nodes: read("input_layer") },
        { ...dense("b", 2), inbound_nodes: read("a") },
        { ...dense("add", 2), inbound_nodes: nodes },
      ],
      output_layers: [["add", 0, 0]],
    });
    expect(await errorsOf(topology)).toContain(message);
  });

  test("weights of another shape than the layers need", async () => {
    const text = await errorsOf(sequential("n", [input(2), dense("dense", 3)]), { "dense/kernel": [3, 2] });
    expect(text).toContain("needs the shape [2, 3], found [3, 2]");
  });

  test("weights that are missing", async () => {
    expect(await errorsOf(sequential("n", [input(2), dense("dense", 3)]))).toContain(
      "none of the arrays that its layers need",
    );
  });
});

test("NaN in the weights is a warning, and they are kept", async () => {
  const topology = sequential("net", [input(1), dense("dense", 1)]);
  const array = { name: "dense/kernel", shape: [1, 1], data: Float32Array.of(Number.NaN) };
  const sandbox = makeSandbox(writeTfjs(topology, [array]));
  const { exitCode, stderr } = await layerc(sandbox, "import", "tfjs", "--out-dir", "out");
  expect(exitCode).toBe(0);
  expect(stderr).toContain("warning[weight-not-finite]");
  expect(Object.keys(sandbox.contents())).toContain("out/net.safetensors");
});
