import { describe, expect, test } from "vitest";
import { makeSandbox } from "../cli/sandbox.ts";
import { layerc } from "../importers/support.ts";
import { someNumbers } from "../model-formats/onnx/operators/operator-model.ts";
import { configOf, layersOf, tfCases, type Call } from "./tf-calls.ts";

const samples = 2;
const last = (calls: readonly Call[]): string => layersOf(calls).at(-1)?.name ?? "input_1";

/** A list as a tensor of that shape. */
function nested(values: readonly number[], [size, ...rest]: readonly number[]): unknown {
  if (size === undefined) return values[0];
  const inner = values.length / size;
  return Array.from({ length: size }, (_, at) => nested(values.slice(at * inner, (at + 1) * inner), rest));
}

describe("functions of TensorFlow that Keras 2 made layers of compute what they are defined to", () => {
  test.each(tfCases.map((one) => [one.name, one] as const))("%s", async (_, { input, calls, output, outputShape }) => {
    const shape = input.map((size) => size ?? 3);
    const count = shape.reduce((product, size) => product * size, 1);
    const rows = Array.from({ length: samples }, (_, at) => someNumbers(count, at + 1));
    const sandbox = makeSandbox({
      "m.json": JSON.stringify(configOf(input, layersOf(calls), last(calls))),
      "cases.json": JSON.stringify({
        inputs: rows.map((row) => nested(row, shape)),
        outputs: rows.map((row) => nested(output(row), outputShape ?? [output(row).length])),
      }),
    });
    const imported = await layerc(sandbox, "import", "m.json", "--name", "Net");
    expect(imported).toMatchObject({ exitCode: 0, stderr: "" });
    const verified = await layerc(sandbox, "verify", "net.layers", "--against", "cases.json");
    expect(verified).toMatchObject({ exitCode: 0 });
  });
});

const refused: readonly (readonly [string, readonly (number | null)[], Call, string])[] = [
  [
    "a slice",
    [4],
    { function: "__operators__.getitem", kwargs: { slice_spec: [{ start: 1 }] } },
    "tf.__operators__.getitem",
  ],
  ["a power", [4], { function: "math.pow", kwargs: { y: 2 } }, "is of the class tf.math.pow"],
  [
    "a product with a constant",
    [4],
    { function: "linalg.matmul", kwargs: { b: [[1]] } },
    "is of the class tf.linalg.matmul",
  ],
  [
    "a dropout that always acts",
    [4],
    { function: "nn.dropout", kwargs: { rate: 0.5 } },
    "is of the class tf.nn.dropout",
  ],
  ["another factor in silu", [4], { function: "nn.silu", kwargs: { beta: 2 } }, "is of the class tf.nn.silu"],
  [
    "a bias along the channels in front",
    [4, 2],
    { function: "nn.bias_add", kwargs: { bias: [1, 2], data_format: "NCHW" } },
    "is of the class tf.nn.bias_add",
  ],
  ["an argument that is not known", [4], { function: "nn.relu", kwargs: { slope: 2 } }, "is of the class tf.nn.relu"],
  ["2 / x", [4], { function: "math.truediv", constant: { value: 2, tensor: "y" } }, "is of the class tf.math.truediv"],
  [
    "a reshape across the batch",
    [4],
    { function: "reshape", kwargs: { shape: [-1, 2] } },
    "Operation tf.reshape 'tf.reshape' has shape=[-1,2]: it goes across the batch",
  ],
  [
    "a transposed batch",
    [4],
    { function: "transpose", kwargs: { perm: null } },
    "has perm=none: it goes across the batch",
  ],
  ["a mean over everything", [4], { function: "math.reduce_mean", kwargs: { axis: null } }, "it goes across the batch"],
  ["a softmax over the batch", [4], { function: "nn.softmax", kwargs: { axis: 0 } }, "it goes across the batch"],
  ["integers", [4], { function: "cast", kwargs: { dtype: "int32" } }, "values are floats here"],
  [
    "limits the wrong way round",
    [4],
    { function: "clip_by_value", kwargs: { clip_value_min: 2, clip_value_max: 1 } },
    "has clip_value_min=2: it must be less than the other limit, which is 1",
  ],
  [
    "x + x",
    [4],
    { function: "__operators__.add", kwargs: { y: ["input_1", 0, 0] } },
    "'tf.__operators__.add' reads 2 layers",
  ],
];

describe("what layers can't express is refused by the name of the function, and nothing is written", () => {
  test.each(refused)("%s", async (_, input, call, words) => {
    const sandbox = makeSandbox({ "m.json": JSON.stringify(configOf(input, layersOf([call]), last([call]))) });
    const { exitCode, stderr } = await layerc(sandbox, "import", "m.json", "--name", "Net");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(words);
    expect(Object.keys(sandbox.contents())).toEqual(["m.json"]);
  });

  test("a list of tensors", async () => {
    const concat = {
      class_name: "TFOpLambda",
      config: { name: "tf.concat", trainable: true, dtype: "float32", function: "concat" },
      name: "tf.concat",
      inbound_nodes: [
        [
          ["input_1", 0, 0, { axis: -1 }],
          ["input_1", 0, 0, { axis: -1 }],
        ],
      ],
    };
    const sandbox = makeSandbox({ "m.json": JSON.stringify(configOf([4], [concat], "tf.concat")) });
    const { exitCode, stderr } = await layerc(sandbox, "import", "m.json", "--name", "Net");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("'tf.concat' reads 2 layers");
  });

  test("a shape behind a layer that Layers does not have is not guessed", async () => {
    const strange = {
      class_name: "Conv1D",
      config: { name: "conv", filters: 2, kernel_size: [3] },
      name: "conv",
      inbound_nodes: [[["input_1", 0, 0, {}]]],
    };
    const calls = layersOf([{ function: "reshape", kwargs: { shape: [-1, 4] } }], "conv");
    const sandbox = makeSandbox({ "m.json": JSON.stringify(configOf([4, 2], [strange, ...calls], "tf.reshape")) });
    const { stderr } = await layerc(sandbox, "import", "m.json", "--name", "Net");
    expect(stderr).toContain("is of the class Conv1D");
    expect(stderr).toContain("the shape of what it reads is not known: mend what is wrong with the layers before it");
  });
});

test("layers between the calls and a nested model are followed, and what is written has short names", async () => {
  const leaky = {
    class_name: "LeakyReLU",
    config: { name: "leaky", trainable: true, dtype: "float32", alpha: 0.3 },
    name: "leaky",
    inbound_nodes: [[["input_1", 0, 0, {}]]],
  };
  const calls = layersOf([{ function: "reshape", kwargs: { shape: [-1, 3, 2] } }], "leaky");
  const inner = configOf([3, 2], layersOf([{ function: "math.multiply", kwargs: { y: 2 } }]), "tf.math.multiply") as {
    readonly config: object;
  };
  const layers = [
    leaky,
    ...calls,
    {
      class_name: "Functional",
      config: { ...inner.config, name: "inner" },
      name: "inner",
      inbound_nodes: [[["tf.reshape", 0, 0, {}]]],
    },
    ...layersOf([{ function: "math.reduce_mean", kwargs: { axis: 2 } }], "inner"),
  ];
  const sandbox = makeSandbox({ "m.json": JSON.stringify(configOf([6], layers, "tf.math.reduce_mean")) });
  expect(await layerc(sandbox, "import", "m.json", "--name", "Net")).toMatchObject({ exitCode: 0 });
  const written = String(sandbox.contents()["net.layers"]);
  expect(written).toContain("Reshape([3, 2])");
  expect(written).toContain("Inner");
  expect(written).not.toContain("tf.");
});
