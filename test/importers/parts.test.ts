import { describe, expect, test } from "vitest";
import { makeSandbox } from "../cli/sandbox.ts";
import { importOnnx } from "../model-formats/onnx/import-text.ts";
import { onnx, tensor, value } from "../model-formats/onnx/make-onnx.ts";
import { importAndBuild, layerc } from "./support.ts";
import { writeTfjs, type TfjsArray } from "./tfjs-writer.ts";

interface Node {
  readonly className: string;
  readonly name: string;
  readonly reads: readonly string[];
  readonly config?: Readonly<Record<string, unknown>>;
  /** Whether it is called with each layer that it reads, and not once with all of them. */
  readonly isShared?: true;
}

const input: Node = { className: "InputLayer", name: "in", reads: [], config: { batch_shape: [null, 3] } };
const dense = (name: string, ...reads: readonly string[]): Node => ({
  className: "Dense",
  name,
  reads,
  config: { units: 3, use_bias: false },
});
const other = (className: string, name: string, ...reads: readonly string[]): Node => ({ className, name, reads });

/** A functional model as Keras 3 describes it. */
function functional(layers: readonly Node[], ...outputs: readonly string[]): unknown {
  const tensorOf = (name: string) => ({
    class_name: "__keras_tensor__",
    config: { shape: [null, 3], dtype: "float32", keras_history: [name, 0, 0] },
  });
  return {
    class_name: "Functional",
    config: {
      name: "net",
      layers: layers.map(({ className, name, reads, config, isShared }) => ({
        class_name: className,
        name,
        config: { name, ...config },
        inbound_nodes: (reads.length < 2 || isShared ? reads.map((one) => [one]) : [reads]).map((names) => ({
          args: names.length === 1 ? names.map(tensorOf) : [names.map(tensorOf)],
          kwargs: {},
        })),
      })),
      input_layers: [["in", 0, 0]],
      output_layers: outputs.map((name) => [name, 0, 0]),
    },
  };
}

/** Kernels that multiply by another number in each layer. */
function arraysOf(layers: readonly Node[]): readonly TfjsArray[] {
  return layers
    .filter(({ className }) => className === "Dense")
    .map(({ name }, at) => ({
      name: `${name}/kernel`,
      shape: [3, 3],
      data: Float32Array.from({ length: 9 }, (_, index) => (index % 4 === 0 ? at + 2 : 0)),
    }));
}

async function errorsOf(layers: readonly Node[], ...outputs: readonly string[]): Promise<string> {
  const sandbox = makeSandbox(writeTfjs(functional(layers, ...outputs), arraysOf(layers)));
  const { exitCode, stderr } = await layerc(sandbox, "import", "tfjs");
  expect(exitCode).toBe(1);
  return stderr;
}

const heads = [input, dense("body", "in"), dense("policy", "body"), dense("value", "body")];
const residual = [
  input,
  dense("a", "in"),
  dense("b", "a"),
  other("Add", "add", "a", "b"),
  dense("c", "add"),
  dense("d", "c"),
  dense("e", "d"),
];
const convolutional = [
  input,
  other("Conv2D", "conv", "in"),
  other("MaxPooling2D", "pool", "conv"),
  other("Flatten", "flatten", "pool"),
  dense("out", "flatten"),
];

describe("--output takes the chain up to a layer", () => {
  test.each([
    ["policy", [1, 2, 3].map((x) => x * 2 * 3)],
    ["value", [1, 2, 3].map((x) => x * 2 * 4)],
    ["body", [2, 4, 6]],
  ])("%s of a model of two heads, with its own weights", async (name, expected) => {
    const files = writeTfjs(functional(heads, "policy", "value"), arraysOf(heads));
    const { forwardBatch } = await importAndBuild(files, "tfjs", "--output", name);
    expect([...forwardBatch(Float32Array.of(1, 2, 3))]).toEqual(expected);
  });

  test("of a build, too, which does not take the result of another output", async () => {
    const sandbox = makeSandbox(writeTfjs(functional(heads, "policy", "value"), arraysOf(heads)));
    const build = (name: string) => layerc(sandbox, "build", "tfjs/model.json", "--output", name);
    expect(await build("policy")).toMatchObject({ exitCode: 0 });
    const policy = sandbox.contents()["tfjs/model.ts"];
    expect(await build("value")).toMatchObject({ exitCode: 0 });
    expect(sandbox.contents()["tfjs/model.ts"]).not.toBe(policy);
    await build("policy");
    expect(sandbox.contents()["tfjs/model.ts"]).toBe(policy);
  });

  test("in front of what merges layers", async () => {
    const files = writeTfjs(functional(residual, "e"), arraysOf(residual));
    const { forwardBatch } = await importAndBuild(files, "tfjs", "--output", "b");
    expect([...forwardBatch(Float32Array.of(1, 2, 3))]).toEqual([6, 12, 18]);
  });

  test.each([
    ["polcy", /it has no layer 'polcy' to end with; did you mean 'policy'\?/],
    ["nonsense", /it has no layer 'nonsense' to end with; it has 'body', 'policy', 'value'/],
  ])("there is no '%s'", async (name, message) => {
    const sandbox = makeSandbox(writeTfjs(functional(heads, "policy", "value"), arraysOf(heads)));
    const { exitCode, stderr } = await layerc(sandbox, "import", "tfjs", "--output", name);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);
  });

  test("a part that is no chain says which layer breaks it", async () => {
    const sandbox = makeSandbox(writeTfjs(functional(residual, "e"), arraysOf(residual)));
    const { stderr } = await layerc(sandbox, "import", "tfjs", "--output", "c");
    expect(stderr).toContain("the part up to 'c' is not a chain of layers: 'add' reads 2 layers");
  });

  test("a layer that depends on itself", async () => {
    const circle = [input, dense("a", "b"), dense("b", "a")];
    const sandbox = makeSandbox(writeTfjs(functional(circle, "b"), arraysOf(circle)));
    const { stderr } = await layerc(sandbox, "import", "tfjs", "--output", "b");
    expect(stderr).toMatch(/'[ab]' depends on itself/);
  });

  test("goes with a trained file alone", async () => {
    const sandbox = makeSandbox({ "net.layers": "model Net { input [2] Dense(2) }" });
    const { exitCode, stderr } = await layerc(sandbox, "build", "net.layers", "--output", "dense");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--output goes with a trained file, and 'net.layers' says itself which layer is the last");
  });
});

describe("what can't be imported names the part that can, and the line of Keras that saves it", () => {
  test("several outputs: the first that a chain leads to", async () => {
    const text = await errorsOf(heads, "policy", "value");
    expect(text).toContain("is not a chain of layers: it has 2 outputs (policy, value)");
    expect(text).toContain(
      '--output policy, or save it in Keras: keras.Model(model.get_layer("body").input, model.get_layer("policy").output).save("part.keras")',
    );
    expect(text).toContain("1 error in");
  });

  test("layers that are merged: one report, and the longest chain", async () => {
    const text = await errorsOf(residual, "e");
    expect(text).toContain("'add' reads 2 layers");
    expect(text).toContain('keras.Model(model.get_layer("c").input, model.get_layer("e").output)');
    expect(text).toContain("1 error in");
    const long = [
      ...residual.slice(0, 2),
      dense("a2", "a"),
      dense("a3", "a2"),
      dense("a4", "a3"),
      ...residual.slice(2),
    ];
    expect(await errorsOf(long, "e")).toContain("--output a4");
  });

  test("a layer that is called in several places, with arrays of which there is one each", async () => {
    const shared = [input, dense("a", "in"), { ...dense("b", "a", "b"), isShared: true } as const, dense("c", "b")];
    const text = await errorsOf(shared, "c");
    expect(text).toContain("is not a chain of layers: 'b' is a shared layer, called 2 times");
    expect(text).toContain("--output a");
    const sandbox = makeSandbox(writeTfjs(functional(shared, "c"), arraysOf(shared)));
    const { stderr } = await layerc(sandbox, "import", "tfjs", "--output", "b");
    expect(stderr).toContain("the part up to 'b' is not a chain of layers: 'b' is a shared layer, called 2 times");
  });

  test("a name that a shell would take apart is quoted", async () => {
    const spaced = heads.map((node) => (node.name === "policy" ? { ...node, name: "my policy" } : node));
    expect(await errorsOf(spaced, "my policy", "value")).toContain("--output 'my policy'");
  });

  test("convolutions: what is behind them, said once", async () => {
    const text = await errorsOf(convolutional, "out");
    expect(text).toContain("Layer 'conv' is of the class Conv2D");
    expect(text).toContain("Layer 'pool' is of the class MaxPooling2D");
    expect(text.split('keras.Model(model.get_layer("flatten").input, model.get_layer("out").output)')).toHaveLength(2);
  });

  test.each(["EinsumDense", "Embedding"])("a layer of 4 bits that is no Dense, by its name: %s", async (className) => {
    const policy = { mode: "int4/128", source_name: "float32" };
    const dtype = { module: "keras.dtype_policies", class_name: "Int4DTypePolicy", config: policy };
    const packed: Node = { className, name: "packed", reads: ["in"], config: { dtype } };
    const text = await errorsOf([input, packed, dense("out", "packed")], "out");
    const why = "its layer 'packed' is quantised (int4); in Keras, save the model before model.quantize(\"int4\")";
    expect(text).toContain(why);
  });

  test("a layer at the end: what is in front of it", async () => {
    const text = await errorsOf([input, dense("a", "in"), dense("b", "a"), other("LSTM", "lstm", "b")], "lstm");
    expect(text).toContain("; --output b takes the part in front");
  });
});

describe("graphs of ONNX", () => {
  const kernel = (name: string, factor: number) =>
    tensor(name, [3, 3], { floats: [0, 1, 2].flatMap((row) => [0, 1, 2].map((at) => (at === row ? factor : 0))) });
  const nodes = [
    { op: "MatMul", in: ["x", "w"], out: ["hidden"], name: "body" },
    { op: "MatMul", in: ["hidden", "p"], out: ["policy"], name: "left" },
    { op: "MatMul", in: ["hidden", "v"], out: ["value"], name: "right" },
  ];
  const initializers = [kernel("w", 2), kernel("p", 3), kernel("v", 4)];
  const outputs = ["policy", "value"];

  test.each(["value", "right"])("an output by its name, and a node by its own: %s", async (name) => {
    const { body, arrays } = await importOnnx(onnx({ nodes, initializers, outputs }), name);
    expect(body).toBe("input [3]; body: Dense(3, use_bias=false); right: Dense(3, use_bias=false)");
    expect(arrays["right.kernel"]?.data[0]).toBe(4);
  });

  test("several outputs are named, with those on the way to others", async () => {
    const { messages } = await importOnnx(onnx({ nodes, initializers, outputs: ["hidden", "policy"] }));
    expect(messages).toEqual([
      "The model file can't be imported: its graph has 2 outputs, 'hidden' (on the way to 'policy'), 'policy'; choose one with --output",
    ]);
    const { messages: unknown } = await importOnnx(onnx({ nodes, initializers, outputs }), "polcy");
    expect(unknown.join("")).toContain("did you mean 'policy'?");
  });

  test("a state that is passed through is no output", async () => {
    const inputs = [value("x", ["n", 3]), value("state", ["n", 7])];
    const passing = [...nodes.slice(0, 1), { op: "Identity", in: ["state"], out: ["state_out"] }];
    const { body, messages } = await importOnnx(
      onnx({ nodes: passing, initializers, inputs, outputs: ["hidden", "state_out"] }),
    );
    expect(messages).toEqual([]);
    expect(body).toBe("input [3]; body: Dense(3, use_bias=false)");
  });

  test("nodes that lead to no output, and inputs that nothing reads, are left out", async () => {
    const inputs = [value("x", ["n", 3]), value("mask", ["n", 7])];
    const { body, messages } = await importOnnx(onnx({ nodes, initializers, inputs, outputs: ["policy"] }));
    expect(messages).toEqual([]);
    expect(body).toBe("input [3]; body: Dense(3, use_bias=false); left: Dense(3, use_bias=false)");
  });
});
