import { tensor, value, type TestModel, type TestNode } from "../make-onnx.ts";
import { integers, number, op, someFloats, type OperatorModel } from "./operator-model.ts";

const bytes = (values: readonly number[]): Uint8Array => Uint8Array.from(values, (item) => item & 255);
const quantized = bytes([3, -7, 120, -128, 5, 6, 0, 127, -1, 44, 90, -60]);
const body = "input [3]; Dense(4, use_bias=false)";

/** A product with an array that is computed from other ones. */
const product = (
  name: string,
  opset: number,
  nodes: readonly TestNode[],
  initializers: readonly Uint8Array[],
): OperatorModel => ({
  name,
  model: { nodes: [...nodes, op("MatMul", ["x", "w"], "y")], initializers, opset },
  body,
});
const scales = tensor("scale", [4], { floats: [0.01, 0.02, 0.5, 0.004] });

/** Arrays that the graph computes from constants. */
export const constants: readonly OperatorModel[] = [
  product(
    "DequantizeLinear by one scale, opset 10",
    10,
    [op("DequantizeLinear", ["q", "scale", "zero"], "w")],
    [
      tensor("q", [3, 4], { raw: quantized, type: 2 }),
      number("scale", 0.03),
      tensor("zero", [], { raw: bytes([128]), type: 2 }),
    ],
  ),
  product(
    "DequantizeLinear along an axis, opset 13",
    13,
    [op("DequantizeLinear", ["q", "scale", "zero"], "w")],
    [
      tensor("q", [3, 4], { raw: quantized, type: 3 }),
      scales,
      tensor("zero", [4], { raw: bytes([1, -2, 3, 0]), type: 3 }),
    ],
  ),
  product(
    "DequantizeLinear of a kernel [out, in], opset 19",
    19,
    [op("DequantizeLinear", ["q", "scale"], "d", { axis: { i: 0 } }), op("Transpose", ["d"], "w")],
    [tensor("q", [4, 3], { raw: quantized, type: 3 }), scales],
  ),
  product(
    "DequantizeLinear by blocks of int4, opset 21",
    21,
    [op("DequantizeLinear", ["q", "blocks"], "w", { axis: { i: 0 }, block_size: { i: 2 } })],
    [tensor("q", [3, 4], { raw: quantized.subarray(0, 6), type: 22 }), someFloats("blocks", [2, 4])],
  ),
  product(
    "DequantizeLinear of uint4, opset 21",
    21,
    [op("DequantizeLinear", ["q", "scale", "zero"], "w")],
    [
      tensor("q", [3, 4], { raw: quantized.subarray(0, 6), type: 21 }),
      number("scale", 0.25),
      tensor("zero", [], { raw: bytes([8]), type: 21 }),
    ],
  ),
  product(
    "Concat of halves of a kernel",
    13,
    [op("Concat", ["left", "right"], "w", { axis: { i: 1 } })],
    [someFloats("left", [3, 1]), someFloats("right", [3, 3])],
  ),
  product(
    "Exp, Abs, Log, Min and Expand of constants",
    13,
    [
      op("Exp", ["a"], "e"),
      op("Abs", ["b"], "f"),
      op("Log", ["e"], "l"),
      op("Min", ["l", "f"], "m"),
      op("Expand", ["m", "shape"], "w"),
    ],
    [someFloats("a", [3, 1]), someFloats("b", [1, 1]), integers("shape", [3, 4])],
  ),
  {
    name: "a division of integers",
    model: {
      nodes: [
        op("Div", ["seven", "two"], "three"),
        op("Cast", ["three"], "float", { to: { i: 1 } }),
        op("Mul", ["x", "float"], "y"),
      ],
      initializers: [integers("seven", [7]), integers("two", [2])],
    },
    body: "input [3]; Rescaling(3)",
  },
];

const cast = (to: number, from = "x", out = "c"): TestNode => op("Cast", [from], out, { to: { i: to } });
const typed = (
  name: string,
  type: OperatorModel["type"],
  code: number,
  model: Pick<TestModel, "nodes" | "initializers">,
): OperatorModel => ({
  name,
  model: { ...model, inputs: [value("x", ["n", 3], code)] },
  ...(type === undefined ? {} : { type }),
  body,
});
const plain = { nodes: [cast(1), op("MatMul", ["c", "w"], "y")], initializers: [someFloats("w", [3, 4])] };
const embedding: OperatorModel["model"] = {
  nodes: [cast(7), op("Gather", ["table", "c"], "y")],
  initializers: [someFloats("table", [10, 2])],
};

/** Inputs of other types and shapes. */
export const inputs: readonly OperatorModel[] = [
  typed("an input of uint8 and a Cast", "uint8", 2, plain),
  typed("an input of int64 and a Cast", "int64", 7, plain),
  typed("an input of bool and a Cast", "bool", 9, plain),
  typed("an input of float64 and a Cast", "float64", 11, plain),
  {
    name: "rows of a table by numbers of uint8",
    model: { ...embedding, inputs: [value("x", ["n", 3], 2)] },
    type: "uint8",
    body: "input [3]; Embedding(10, 2)",
  },
  {
    name: "float16 inside",
    model: {
      nodes: [cast(10), op("Mul", ["c", "two"], "m"), cast(1, "m", "y")],
      initializers: [tensor("two", [], { raw: new Uint8Array([0, 0x40]), type: 10 })],
    },
    samples: [1, 3],
    body: "input [3]; Rescaling(2)",
  },
  {
    name: "no batch axis",
    model: { nodes: [op("MatMul", ["x", "w"], "y")], initializers: [someFloats("w", [3, 4])], input: [3] },
    samples: [3],
    body,
  },
  {
    name: "no batch axis, softmax",
    model: {
      nodes: [op("MatMul", ["x", "w"], "h"), op("Softmax", ["h"], "y", { axis: { i: 0 } })],
      initializers: [someFloats("w", [3, 4])],
      input: [3],
    },
    samples: [3],
    body: "input [3]; Dense(4, activation=softmax, use_bias=false)",
  },
  {
    name: "a batch axis put in front, and taken away",
    model: {
      nodes: [op("Unsqueeze", ["x", "zero"], "u"), op("Gemm", ["u", "w", "b"], "h"), op("Squeeze", ["h", "zero"], "y")],
      initializers: [someFloats("w", [3, 4]), someFloats("b", [4]), integers("zero", [0])],
      input: [3],
    },
    samples: [3],
    body: "input [3]; Dense(4)",
  },
  {
    name: "a batch of one, all in one list",
    model: {
      nodes: [op("Gemm", ["x", "w", "b"], "h"), op("Reshape", ["h", "all"], "y")],
      initializers: [someFloats("w", [3, 4]), someFloats("b", [4]), integers("all", [-1])],
      input: [1, 3],
    },
    samples: [1, 3],
    body: "input [3]; Dense(4)",
  },
  {
    name: "an open last axis that a kernel settles",
    model: {
      nodes: [op("Relu", ["x"], "r"), op("MatMul", ["r", "w"], "y")],
      initializers: [someFloats("w", [3, 4])],
      input: ["n", "features"],
    },
    body: "input [3]; Activation(relu); Dense(4, use_bias=false)",
  },
];
