import { describe, expect, test } from "vitest";
import { importOnnx } from "./import-text.ts";
import { onnx, tensor, value, type TestNode } from "./make-onnx.ts";

const kernel = [1, 2, 3, 4, 5, 6];

describe("products", () => {
  test("Gemm with [in, out]", async () => {
    const bytes = onnx({
      nodes: [{ op: "Gemm", in: ["x", "fc.weight", "fc.bias"], out: ["y"], name: "/fc/Gemm" }],
      initializers: [tensor("fc.weight", [3, 2], { floats: kernel }), tensor("fc.bias", [2], { floats: [7, 8] })],
    });
    expect(await importOnnx(bytes)).toMatchObject({
      body: "input [3]; fc: Dense(2)",
      arrays: { "fc.kernel": { shape: [3, 2], data: kernel }, "fc.bias": { shape: [2], data: [7, 8] } },
      messages: [],
    });
  });

  test("Gemm with [out, in], alpha, beta and a bias of one number", async () => {
    const bytes = onnx({
      nodes: [
        {
          op: "Gemm",
          in: ["x", "w", "b"],
          out: ["y"],
          attributes: { transB: { i: 1 }, alpha: { f: 2 }, beta: { f: 0.5 } },
        },
      ],
      initializers: [tensor("w", [2, 3], { floats: kernel }), tensor("b", [1], { floats: [8] })],
    });
    const { arrays } = await importOnnx(bytes);
    expect(Object.values(arrays)).toEqual([
      { shape: [3, 2], data: [2, 8, 4, 10, 6, 12] },
      { shape: [2], data: [4, 4] },
    ]);
  });

  test.each([
    ["the bias second", ["p", "b"], [2]],
    ["the bias first", ["b", "p"], [1, 2]],
  ])("MatMul and Add, %s, over the last axis", async (_, add, shape) => {
    const bytes = onnx({
      nodes: [
        { op: "MatMul", in: ["x", "w"], out: ["p"] },
        { op: "Add", in: add, out: ["y"] },
      ],
      initializers: [tensor("w", [3, 2], { floats: kernel }), tensor("b", shape, { floats: [7, 8] })],
      input: ["n", 4, 3],
    });
    expect(await importOnnx(bytes)).toMatchObject({ body: "input [4, 3]; Dense(2)" });
  });

  test("kernels that are transposed before", async () => {
    const bytes = onnx({
      nodes: [
        { op: "Transpose", in: ["w"], out: ["t"], attributes: { perm: { ints: [1, 0] } } },
        { op: "MatMul", in: ["x", "t"], out: ["y"] },
      ],
      initializers: [tensor("w", [2, 3], { floats: kernel })],
    });
    const { arrays, body } = await importOnnx(bytes);
    expect(body).toBe("input [3]; Dense(2, use_bias=false)");
    expect(Object.values(arrays)).toEqual([{ shape: [3, 2], data: [1, 4, 2, 5, 3, 6] }]);
  });
});

describe("constants", () => {
  const raw = new Uint8Array(Float64Array.from(kernel).buffer);
  test.each([
    ["floats one by one", tensor("w", [3, 2], { floats: kernel, packed: false })],
    ["doubles", tensor("w", [3, 2], { double: kernel })],
    ["raw doubles", tensor("w", [3, 2], { raw, type: 11 })],
    ["half floats as int32", tensor("w", [3, 2], { float16Bits: [0x3c00, 0x4000, 0x4200, 0x4400, 0x4500, 0x4600] })],
  ])("%s", async (_, initializer) => {
    const bytes = onnx({ nodes: [{ op: "MatMul", in: ["x", "w"], out: ["y"] }], initializers: [initializer] });
    expect(Object.values((await importOnnx(bytes)).arrays)).toEqual([{ shape: [3, 2], data: kernel }]);
  });

  test("a Constant node, and arrays listed among the inputs", async () => {
    const bytes = onnx({
      nodes: [
        { op: "Constant", in: [], out: ["w"], attributes: { value: { t: tensor("", [3, 2], { floats: kernel }) } } },
        { op: "Gemm", in: ["x", "w", "b"], out: ["y"] },
      ],
      initializers: [tensor("b", [2], { floats: [1, 2] })],
      inputs: [value("x", ["N", 3]), value("b", [2])],
    });
    expect(await importOnnx(bytes)).toMatchObject({ messages: [], body: "input [3]; Dense(2)" });
  });
});

const one = (op: string, attributes: TestNode["attributes"] = {}, more: readonly string[] = []): TestNode[] => [
  { op, in: ["x", ...more], out: ["y"], attributes },
];
const number = (name: string, value: number): Uint8Array => tensor(name, [], { floats: [value] });
const numbers = [number("half", 0.5), number("one", 1), number("root2", Math.SQRT2), number("three", 3)];

describe("activations of other tools", () => {
  test.each<[string, readonly TestNode[], string]>([
    ["Gelu", one("Gelu"), "first: Dense(3, activation=gelu)"],
    ["Gelu tanh", one("Gelu", { approximate: { s: "tanh" } }), "first: Dense(3, activation=gelu(true))"],
    ["Mish", one("Mish"), "first: Dense(3, activation=mish)"],
    ["HardSwish", one("HardSwish"), "first: Dense(3, activation=hard_silu)"],
    ["Elu", one("Elu", { alpha: { f: 0.3 } }), "first: Dense(3, activation=elu(0.3))"],
    ["LeakyRelu's default", one("LeakyRelu"), "first: Dense(3, activation=leaky_relu(0.01))"],
    ["Keras 2's HardSigmoid", one("HardSigmoid"), "first: Dense(3); Rescaling(0.2, offset=0.5); ReLU(max_value=1)"],
    ["Shrink", one("Shrink", { lambd: { f: 0.7 }, bias: { f: 0.7 } }), "first: Dense(3, activation=soft_shrink(0.7))"],
    [
      "Clip by attributes",
      one("Clip", { min: { f: 0 }, max: { f: 6 } }),
      "first: Dense(3, activation=relu(max_value=6))",
    ],
    ["Softmax", one("Softmax"), "first: Dense(3, activation=softmax)"],
    ["LogSoftmax", one("LogSoftmax"), "first: Dense(3, activation=log_softmax)"],
    [
      "Erf, as PyTorch writes it",
      [
        { op: "Div", in: ["x", "root2"], out: ["a"] },
        { op: "Erf", in: ["a"], out: ["b"] },
        { op: "Add", in: ["b", "one"], out: ["c"] },
        { op: "Mul", in: ["x", "c"], out: ["d"] },
        { op: "Mul", in: ["d", "half"], out: ["y"] },
      ],
      "first: Dense(3, activation=gelu)",
    ],
    [
      "x * sigmoid(x)",
      [
        { op: "Sigmoid", in: ["x"], out: ["a"] },
        { op: "Mul", in: ["a", "x"], out: ["y"] },
      ],
      "first: Dense(3, activation=silu)",
    ],
    ["a number added", one("Add", {}, ["three"]), "first: Dense(3); Rescaling(1, offset=3)"],
    ["Dropout", one("Dropout"), "first: Dense(3)"],
  ])("%s", async (_, nodes, expected) => {
    const { body, messages } = await importOnnx(
      onnx({ nodes: [...dense, ...afterDense(nodes)], initializers: [...numbers, ...denseArrays] }),
    );
    expect(messages).toEqual([]);
    expect(body).toBe(`input [3]; ${expected}`);
  });
});

/** A Dense layer before, so that an activation has something to belong to. */
const dense: readonly TestNode[] = [{ op: "Gemm", in: ["x", "w0", "b0"], out: ["h"], name: "first/Gemm" }];
const denseArrays = [
  tensor("w0", [3, 3], { floats: [1, 2, 3, 4, 5, 6, 7, 8, 9] }),
  tensor("b0", [3], { floats: [1, 2, 3] }),
];
function afterDense(nodes: readonly TestNode[]): readonly TestNode[] {
  return nodes.map((node) => ({ ...node, in: node.in.map((name) => (name === "x" ? "h" : name)) }));
}

describe("shapes", () => {
  const ints = (name: string, values: readonly number[]) => tensor(name, [values.length], { int64: values });
  test.each<[string, readonly number[], string]>([
    ["0 and -1", [0, -1], "Flatten()"],
    ["the batch of 1 that PyTorch traced", [1, 24], "Flatten()"],
    ["-1 for the batch", [-1, 6, 4], "Reshape([6, 4])"],
    ["-1 behind the batch", [0, 6, -1], "Reshape([6, 4])"],
  ])("Reshape with %s", async (_, sizes, expected) => {
    const bytes = onnx({
      nodes: [{ op: "Reshape", in: ["x", "s"], out: ["y"] }],
      initializers: [ints("s", sizes)],
      input: ["n", 2, 3, 4],
    });
    expect((await importOnnx(bytes)).body).toBe(`input [2, 3, 4]; ${expected}`);
  });

  test("Reshape by the size of the input, as x.view(x.size(0), -1)", async () => {
    const bytes = onnx({
      nodes: [
        { op: "Shape", in: ["x"], out: ["shape"] },
        { op: "Gather", in: ["shape", "zero"], out: ["n"], attributes: { axis: { i: 0 } } },
        { op: "Unsqueeze", in: ["n", "axes"], out: ["n1"] },
        { op: "Concat", in: ["n1", "rest"], out: ["s"], attributes: { axis: { i: 0 } } },
        { op: "Reshape", in: ["x", "s"], out: ["y"] },
      ],
      initializers: [tensor("zero", [], { int64: [0] }), ints("axes", [0]), ints("rest", [-1])],
      input: ["n", 2, 3],
    });
    expect(await importOnnx(bytes)).toMatchObject({ messages: [], body: "input [2, 3]; Flatten()" });
  });

  test("Transpose, Flatten, BatchNormalization", async () => {
    const array = (name: string, values: readonly number[]) => tensor(name, [2], { floats: values });
    const bytes = onnx({
      nodes: [
        { op: "Transpose", in: ["x"], out: ["t"], attributes: { perm: { ints: [0, 2, 1] } } },
        { op: "BatchNormalization", in: ["t", "bn.weight", "bn.bias", "bn.m", "bn.v"], out: ["b"], name: "bn" },
        { op: "Flatten", in: ["b"], out: ["y"] },
      ],
      initializers: [
        array("bn.weight", [1, 2]),
        array("bn.bias", [3, 4]),
        array("bn.m", [5, 6]),
        array("bn.v", [7, 8]),
      ],
      input: ["n", 3, 2],
    });
    expect((await importOnnx(bytes)).body).toBe(
      "input [3, 2]; Permute([2, 1]); bn: BatchNormalization(axis=1, epsilon=0.00001); Flatten()",
    );
  });

  test("arrays along the last axis are a BatchNormalization", async () => {
    const array = (name: string) => tensor(name, [3], { floats: [1, 2, 4] });
    const bytes = onnx({
      nodes: [
        { op: "Sub", in: ["x", "mean"], out: ["a"] },
        { op: "Div", in: ["a", "deviation"], out: ["y"] },
      ],
      initializers: [array("mean"), array("deviation")],
    });
    const { body, arrays } = await importOnnx(bytes);
    expect(body).toMatch(/BatchNormalization\(epsilon=0, center=false\)$/);
    expect(Object.entries(arrays).map(([key, { data }]) => [key.replace(/.*\./, ""), data])).toEqual([
      ["gamma", [1, 0.5, 0.25]],
      ["moving_mean", [1, 2, 4]],
      ["moving_variance", [1, 1, 1]],
    ]);
  });
});
