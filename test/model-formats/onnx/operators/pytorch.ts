import { tensor, type TestModel, type TestNode } from "../make-onnx.ts";
import { integers, number, op, someFloats, type OperatorModel } from "./operator-model.ts";

const axes = { axes: { ints: [-1] } };

/** Between two products, as the parts of a network are. */
function between(nodes: readonly TestNode[], initializers: readonly Uint8Array[], opset: number): TestModel {
  return {
    nodes: [
      op("Gemm", ["x", "0.weight", "0.bias"], "h", { transB: { i: 1 } }),
      ...nodes,
      op("Gemm", ["m", "2.weight", "2.bias"], "y", { transB: { i: 1 } }),
    ],
    initializers: [
      someFloats("0.weight", [6, 3], 1),
      someFloats("0.bias", [6], 2),
      someFloats("2.weight", [2, 6], 3),
      someFloats("2.bias", [2], 4),
      ...initializers,
    ],
    opset,
  };
}

function activation(
  name: string,
  opset: number,
  nodes: readonly TestNode[],
  body: string,
  more: readonly Uint8Array[] = [],
): OperatorModel {
  return { name: `torch ${name}`, model: between(nodes, more, opset), body: `input [3]; ${body}; Dense(2)` };
}

const layerNorm: readonly TestNode[] = [
  op("ReduceMean", ["h"], "mean", axes),
  op("Sub", ["h", "mean"], "d"),
  op("Pow", ["d", "two"], "p"),
  op("ReduceMean", ["p"], "v", axes),
  op("Add", ["v", "eps"], "e"),
  op("Sqrt", ["e"], "s"),
  op("Div", ["d", "s"], "n"),
];
const normNumbers = [number("two", 2), number("eps", 1e-5)];
const scale = [someFloats("1.weight", [6], 5), someFloats("1.bias", [6], 6)];

/** What PyTorch's exporters write, by operator set. */
export const pytorch: readonly OperatorModel[] = [
  activation(
    "Softplus since 2.x",
    18,
    [op("Softplus", ["h"], "sp"), op("Greater", ["h", "th"], "g"), op("Where", ["g", "h", "sp"], "m")],
    "Dense(6, activation=softplus)",
    [number("th", 20)],
  ),
  activation("Mish, opset 18", 18, [op("Mish", ["h"], "m")], "Dense(6, activation=mish)"),
  activation(
    "Mish by Softplus, opset 13",
    13,
    [op("Softplus", ["h"], "sp"), op("Tanh", ["sp"], "t"), op("Mul", ["h", "t"], "m")],
    "Dense(6, activation=mish)",
  ),
  activation("SiLU", 13, [op("Sigmoid", ["h"], "s"), op("Mul", ["h", "s"], "m")], "Dense(6, activation=silu)"),
  activation("SiLU as Swish, opset 24", 24, [op("Swish", ["h"], "m")], "Dense(6, activation=silu)"),
  activation(
    "Swish with alpha, opset 24",
    24,
    [op("Swish", ["h"], "m", { alpha: { f: 2 } })],
    "Dense(6); Rescaling(2); Activation(silu); Rescaling(0.5)",
  ),
  activation("Hardswish, opset 14", 14, [op("HardSwish", ["h"], "m")], "Dense(6, activation=hard_silu)"),
  activation(
    "Hardswish, opset 13",
    13,
    [
      op("Add", ["h", "three"], "a"),
      op("Clip", ["a", "zero", "six"], "c"),
      op("Div", ["c", "six"], "d"),
      op("Mul", ["h", "d"], "m"),
    ],
    "Dense(6, activation=hard_silu)",
    [number("three", 3), number("zero", 0), number("six", 6)],
  ),
  activation(
    "Hardsigmoid",
    13,
    [op("HardSigmoid", ["h"], "m", { alpha: { f: 1 / 6 } })],
    "Dense(6, activation=hard_sigmoid)",
  ),
  activation(
    "Hardshrink by comparisons, opset 9",
    13,
    [
      op("Greater", ["h", "high"], "a"),
      op("Less", ["h", "low"], "b"),
      op("Cast", ["a"], "c", { to: { i: 9 } }),
      op("Cast", ["b"], "d", { to: { i: 9 } }),
      op("Or", ["c", "d"], "o"),
      op("Where", ["o", "h", "zero"], "m"),
    ],
    "Dense(6, activation=hard_shrink(0.3))",
    [number("high", 0.3), number("low", -0.3), number("zero", 0)],
  ),
  activation(
    "Softshrink by comparisons, opset 9",
    13,
    [
      op("Greater", ["h", "high"], "a"),
      op("Sub", ["h", "high"], "b"),
      op("Where", ["a", "b", "zero"], "c"),
      op("Less", ["h", "low"], "d"),
      op("Add", ["h", "high"], "e"),
      op("Where", ["d", "e", "zero"], "f"),
      op("Add", ["c", "f"], "m"),
    ],
    "Dense(6, activation=soft_shrink(0.3))",
    [number("high", 0.3), number("low", -0.3), number("zero", 0)],
  ),
  activation("GELU, opset 20", 20, [op("Gelu", ["h"], "m")], "Dense(6, activation=gelu)"),
  activation(
    "LayerNorm, opset 17",
    17,
    [op("LayerNormalization", ["h", "1.weight", "1.bias"], "m")],
    "Dense(6); LayerNormalization(epsilon=0.00001)",
    scale,
  ),
  activation(
    "LayerNorm step by step, opset 13",
    13,
    [...layerNorm, op("Mul", ["n", "1.weight"], "g"), op("Add", ["g", "1.bias"], "m")],
    "Dense(6); LayerNormalization(epsilon=0.00001)",
    [...normNumbers, ...scale],
  ),
  activation(
    "LayerNorm without scale, opset 13",
    13,
    [...layerNorm.slice(0, -1), op("Div", ["d", "s"], "m")],
    "Dense(6); LayerNormalization(epsilon=0.00001, center=false, scale=false)",
    normNumbers,
  ),
  ...[[1], [], [1, 6]].map((shape) =>
    activation(
      `LayerNorm with a scale of the shape [${shape.join(", ")}]`,
      17,
      [op("LayerNormalization", ["h", "1.weight", "1.bias"], "m")],
      "Dense(6); LayerNormalization(epsilon=0.00001)",
      [someFloats("1.weight", shape, 5), someFloats("1.bias", shape, 6)],
    ),
  ),
  activation(
    "RMSNorm, opset 23",
    23,
    [op("RMSNormalization", ["h", "1.weight"], "m")],
    "Dense(6); RMSNormalization(epsilon=0.00001)",
    scale,
  ),
  activation(
    "RMSNorm step by step",
    18,
    [
      op("Pow", ["h", "two"], "p"),
      op("ReduceMean", ["p", "last"], "v"),
      op("Add", ["v", "eps"], "e"),
      op("Sqrt", ["e"], "s"),
      op("Reciprocal", ["s"], "r"),
      op("Mul", ["h", "r"], "n"),
      op("Mul", ["1.weight", "n"], "m"),
    ],
    "Dense(6); RMSNormalization(epsilon=0.00001)",
    [...normNumbers, ...scale, integers("last", [-1])],
  ),
  activation(
    "normalize",
    17,
    [
      op("ReduceL2", ["h"], "n", axes),
      op("Clip", ["n", "tiny"], "c"),
      op("Shape", ["h"], "shape"),
      op("Expand", ["c", "shape"], "e"),
      op("Div", ["h", "e"], "m"),
    ],
    "Dense(6); UnitNormalization()",
    [number("tiny", 1e-12)],
  ),
  activation(
    "division by the norm",
    17,
    [op("ReduceL2", ["h"], "n", axes), op("Div", ["h", "n"], "m")],
    "Dense(6); RMSNormalization(epsilon=0)",
  ),
  {
    name: "torch GroupNorm by InstanceNormalization",
    model: {
      nodes: [
        op("Reshape", ["x", "to"], "r"),
        op("InstanceNormalization", ["r", "ones", "zeros"], "i"),
        op("Shape", ["x"], "shape"),
        op("Reshape", ["i", "shape"], "b"),
        op("Mul", ["b", "weight"], "w"),
        op("Add", ["w", "bias"], "y"),
      ],
      initializers: [
        integers("to", [0, 2, -1]),
        tensor("ones", [2], { floats: [1, 1] }),
        tensor("zeros", [2], { floats: [0, 0] }),
        someFloats("weight", [4, 1]),
        someFloats("bias", [4, 1]),
      ],
      input: ["n", 4, 3],
    },
    samples: [3, 4, 3],
    body: "input [4, 3]; Reshape([2, 6]); GroupNormalization(groups=-1, axis=1, epsilon=0.00001); Reshape([4, 3]); BatchNormalization(axis=1, epsilon=0)",
  },
  ...(
    [
      ["18", 18, [2]],
      ["21", 21, [4]],
    ] as const
  ).map(([name, opset, shape]): OperatorModel => ({
    name: `GroupNormalization, opset ${name}`,
    model: {
      nodes: [op("GroupNormalization", ["x", "weight", "bias"], "y", { num_groups: { i: 2 } })],
      initializers: [someFloats("weight", shape), someFloats("bias", shape)],
      input: ["n", 4, 3],
      opset,
    },
    samples: [3, 4, 3],
    body: "input [4, 3]; GroupNormalization(groups=2, axis=1, epsilon=0.00001)",
  })),
  ...(
    [
      [11, "split"],
      [13, "input"],
      [18, "num_outputs"],
    ] as const
  ).map(([opset, by]): OperatorModel => ({
    name: `torch GLU, opset ${opset}`,
    model: {
      nodes: [
        op("Gemm", ["x", "fc.weight", "fc.bias"], "h", { transB: { i: 1 } }),
        {
          op: "Split",
          in: by === "input" ? ["h", "halves"] : ["h"],
          out: ["a", "b"],
          attributes: {
            axis: { i: 1 },
            ...(by === "split" ? { split: { ints: [3, 3] } } : by === "num_outputs" ? { num_outputs: { i: 2 } } : {}),
          },
        },
        op("Sigmoid", ["b"], "s"),
        op("Mul", ["a", "s"], "y"),
      ],
      initializers: [someFloats("fc.weight", [6, 3]), someFloats("fc.bias", [6]), integers("halves", [3, 3])],
      opset,
    },
    body: "input [3]; fc: Dense(6, activation=glu)",
  })),
];
