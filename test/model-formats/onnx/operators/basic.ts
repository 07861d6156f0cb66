import { tensor, type TestModel, type TestNode } from "../make-onnx.ts";
import { integers, number, op, someFloats, type OperatorModel } from "./operator-model.ts";

const of = (
  name: string,
  node: TestNode | readonly TestNode[],
  body: string,
  more: Partial<TestModel> & Pick<OperatorModel, "samples"> = {},
): OperatorModel => {
  const { samples, ...model } = more;
  return {
    name,
    model: { nodes: [node].flat(), ...model },
    ...(samples === undefined ? {} : { samples }),
    body: body.startsWith("input") ? body : `input [3]; ${body}`,
  };
};
const sequence = { input: ["n", 4, 3], samples: [2, 4, 3] } as const;
const batchNorm = {
  initializers: ["gamma", "beta", "mean"]
    .map((name) => someFloats(name, [3]))
    .concat(tensor("variance", [3], { floats: [0.5, 1, 2] })),
};
const norms = ["x", "gamma", "beta", "mean", "variance"];

/** Operators of ONNX one by one, where their meaning or their writing changed with an operator set. */
export const basic: readonly OperatorModel[] = [
  of("Gemm, opset 7", op("Gemm", ["x", "w", "b"], "y"), "Dense(2)", {
    opset: 7,
    initializers: [someFloats("w", [3, 2]), someFloats("b", [2])],
  }),
  of(
    "Gemm without C, transB, alpha",
    op("Gemm", ["x", "w"], "y", { transB: { i: 1 }, alpha: { f: 0.5 } }),
    "Dense(2, use_bias=false)",
    {
      initializers: [someFloats("w", [2, 3])],
    },
  ),
  of("MatMul and Add", [op("MatMul", ["x", "w"], "m"), op("Add", ["b", "m"], "y")], "Dense(2)", {
    initializers: [someFloats("w", [3, 2]), someFloats("b", [2])],
  }),
  of("MatMul over the last axis", op("MatMul", ["x", "w"], "y"), "input [4, 3]; Dense(2, use_bias=false)", {
    ...sequence,
    initializers: [someFloats("w", [3, 2])],
  }),
  ...(["Relu", "Sigmoid", "Tanh", "Softsign", "Softplus", "Selu", "Elu"] as const).map((name) =>
    of(`${name} by itself`, op(name, ["x"], "y"), `Activation(${name.toLowerCase()})`),
  ),
  of(
    "MeanVarianceNormalization, opset 13",
    op("MeanVarianceNormalization", ["x"], "y", { axes: { ints: [-1] } }),
    "LayerNormalization(epsilon=1e-18, center=false, scale=false)",
    { opset: 13 },
  ),
  of(
    "MeanVarianceNormalization, opset 9",
    op("MeanVarianceNormalization", ["x"], "y", { axes: { ints: [2, 3] } }),
    "input [2, 4, 3]; LayerNormalization(axis=[-2, -1], epsilon=1e-18, center=false, scale=false)",
    { opset: 9, input: ["n", 2, 4, 3], samples: [2, 2, 4, 3] },
  ),
  of(
    "MeanVarianceNormalization of each sample",
    op("MeanVarianceNormalization", ["x"], "y", { axes: { ints: [1, 2, 3] } }),
    "input [2, 4, 3]; LayerNormalization(axis=[-3, -2, -1], epsilon=1e-18, center=false, scale=false)",
    { input: ["n", 2, 4, 3], samples: [2, 2, 4, 3] },
  ),
  of("LeakyRelu", op("LeakyRelu", ["x"], "y"), "Activation(leaky_relu(0.01))"),
  of("Celu", op("Celu", ["x"], "y", { alpha: { f: 0.5 } }), "Activation(celu(0.5))"),
  of("ThresholdedRelu", op("ThresholdedRelu", ["x"], "y", { alpha: { f: 0.5 } }), "Activation(threshold(0.5, 0))"),
  of("Shrink", op("Shrink", ["x"], "y", { lambd: { f: 0.3 } }), "Activation(hard_shrink(0.3))"),
  of("HardSigmoid of ONNX", op("HardSigmoid", ["x"], "y"), "Rescaling(0.2, offset=0.5); ReLU(max_value=1)"),
  of(
    "Clip by attributes, opset 9",
    op("Clip", ["x"], "y", { min: { f: 0 }, max: { f: 6 } }),
    "Activation(relu(max_value=6))",
    { opset: 9 },
  ),
  of(
    "Clip by inputs, opset 13",
    op("Clip", ["x", "low", "high"], "y"),
    "Rescaling(1, offset=0.5); ReLU(max_value=0.75); Rescaling(1, offset=-0.5)",
    {
      opset: 13,
      initializers: [number("low", -0.5), number("high", 0.25)],
    },
  ),
  of("Softmax, opset 11", op("Softmax", ["x"], "y"), "Softmax()", { opset: 11 }),
  of("Softmax along an axis, opset 13", op("Softmax", ["x"], "y", { axis: { i: 1 } }), "input [4, 3]; Softmax(1)", {
    ...sequence,
    opset: 13,
  }),
  of("LogSoftmax", op("LogSoftmax", ["x"], "y"), "Activation(log_softmax)"),
  of("PRelu, opset 7", op("PRelu", ["x", "s"], "y"), "PReLU()", { opset: 7, initializers: [someFloats("s", [3])] }),
  of("PRelu, a slope for each channel", op("PRelu", ["x", "s"], "y"), "input [4, 3]; PReLU(shared_axes=[2])", {
    ...sequence,
    initializers: [someFloats("s", [4, 1])],
  }),
  ...[9, 15].map((opset) =>
    of(
      `BatchNormalization, opset ${opset}`,
      op("BatchNormalization", norms, "y"),
      "BatchNormalization(epsilon=0.00001)",
      { ...batchNorm, opset },
    ),
  ),
  of(
    "Sub and Div by arrays",
    [op("Sub", ["x", "mean"], "a"), op("Div", ["a", "variance"], "y")],
    "BatchNormalization(epsilon=0, center=false)",
    batchNorm,
  ),
  of("Mul and Add of numbers", [op("Mul", ["x", "two"], "a"), op("Add", ["a", "one"], "y")], "Rescaling(2, offset=1)", {
    initializers: [number("two", 2), number("one", 1)],
  }),
  of(
    "Dropout, Identity and Cast",
    [op("Dropout", ["x"], "a"), op("Identity", ["a"], "b"), op("Cast", ["b"], "y", { to: { i: 1 } })],
    "Identity()",
  ),
  of("Flatten", op("Flatten", ["x"], "y"), "input [4, 3]; Flatten()", sequence),
  of("Reshape with 0 and -1", op("Reshape", ["x", "to"], "y"), "input [4, 3]; Reshape([2, 6])", {
    ...sequence,
    initializers: [integers("to", [0, 2, -1])],
  }),
  of(
    "Transpose",
    op("Transpose", ["x"], "y", { perm: { ints: [0, 2, 1] } }),
    "input [4, 3]; Permute([2, 1])",
    sequence,
  ),
  of("Unsqueeze by attribute, opset 11", op("Unsqueeze", ["x"], "y", { axes: { ints: [1] } }), "Reshape([1, 3])", {
    opset: 11,
  }),
  of("Squeeze by input, opset 13", op("Squeeze", ["x", "one"], "y"), "input [1, 3]; Reshape([3])", {
    input: ["n", 1, 3],
    samples: [4, 1, 3],
    opset: 13,
    initializers: [integers("one", [1])],
  }),
  of(
    "ReduceMean by attribute, opset 13",
    op("ReduceMean", ["x"], "y", { axes: { ints: [1] }, keepdims: { i: 0 } }),
    "input [4, 3]; GlobalAveragePooling1D()",
    { ...sequence, opset: 13 },
  ),
  of(
    "ReduceMax by input, opset 18",
    op("ReduceMax", ["x", "one"], "y", { keepdims: { i: 0 } }),
    "input [4, 3]; GlobalMaxPooling1D()",
    {
      ...sequence,
      opset: 18,
      initializers: [integers("one", [1])],
    },
  ),
  of("LpNormalization", op("LpNormalization", ["x"], "y"), "UnitNormalization()"),
];
