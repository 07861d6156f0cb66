import { someNumbers } from "../onnx/operators/operator-model.ts";

/** A graph-model of TensorFlow.js as its converter writes it. What TensorFlow.js computes is in `values.json`. */
export interface GraphModel {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  /** float32 arrays, with numbers that differ; lists are int32. */
  readonly arrays: Readonly<Record<string, readonly number[] | { readonly ints: readonly number[] }>>;
  /** Without the batch axis; [3] by default. */
  readonly input?: readonly number[];
  readonly type?: "DT_INT32";
  readonly body: string;
}

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr?: Readonly<Record<string, unknown>>;
}

const node = (
  op: string,
  input: readonly string[],
  name: string,
  attr: Readonly<Record<string, unknown>> = {},
): GraphNode => ({ name, op, input, attr: { T: { type: "DT_FLOAT" }, ...attr } });
const texts = (...values: readonly string[]) => ({ list: { s: values.map((value) => btoa(value)) } });
const flags = { transpose_a: { b: false }, transpose_b: { b: false } };
const fusedWith = (...names: readonly string[]) => ({
  ...flags,
  fused_ops: texts(...names),
  num_args: { i: names.includes("Prelu") ? "2" : "1" },
});
const kernel = {
  "StatefulPartitionedCall/sequential/hidden/MatMul/ReadVariableOp": [3, 4],
  "StatefulPartitionedCall/sequential/hidden/BiasAdd/ReadVariableOp": [4],
};
const dense = (attr: Readonly<Record<string, unknown>>, more: readonly string[] = [], name = "Identity") =>
  node(
    "_FusedMatMul",
    [
      "x",
      "StatefulPartitionedCall/sequential/hidden/MatMul/ReadVariableOp",
      "StatefulPartitionedCall/sequential/hidden/BiasAdd/ReadVariableOp",
      ...more,
    ],
    name,
    attr,
  );
const fusedBy = (activation: string, body: string, attr: Readonly<Record<string, unknown>> = {}): GraphModel => ({
  name: `_FusedMatMul with ${activation}`,
  nodes: [dense({ ...fusedWith("BiasAdd", activation), ...attr })],
  arrays: kernel,
  body: `input [3]; hidden: Dense(4, activation=${body})`,
});
const behindDense = (
  name: string,
  nodes: readonly GraphNode[],
  body: string,
  arrays: GraphModel["arrays"] = {},
): GraphModel => ({
  name,
  nodes: [dense(fusedWith("BiasAdd"), [], "d"), ...nodes],
  arrays: { ...kernel, ...arrays },
  body: `input [3]; hidden: Dense(4${body}`,
});

export const graphModels: readonly GraphModel[] = [
  {
    name: "MatMul, BiasAdd and Softmax",
    nodes: [
      node("MatMul", ["x", "kernel"], "a", flags),
      node("BiasAdd", ["a", "bias"], "b"),
      node("Softmax", ["b"], "c"),
      node("Identity", ["c"], "Identity"),
    ],
    arrays: { kernel: [3, 2], bias: [2] },
    body: "input [3]; a: Dense(2, activation=softmax)",
  },
  {
    name: "a transposed kernel, AddV2 and Tanh",
    nodes: [
      node("MatMul", ["x", "kernel"], "a", { ...flags, transpose_b: { b: true } }),
      node("AddV2", ["a", "bias"], "b"),
      node("Tanh", ["b"], "Identity"),
    ],
    arrays: { kernel: [2, 3], bias: [2] },
    body: "input [3]; a: Dense(2, activation=tanh)",
  },
  fusedBy("Relu", "relu"),
  fusedBy("Relu6", "relu(max_value=6)"),
  fusedBy("Elu", "elu"),
  fusedBy("Sigmoid", "sigmoid"),
  fusedBy("LeakyRelu", "leaky_relu(0.3)", { leakyrelu_alpha: { f: 0.3 } }),
  {
    name: "_FusedMatMul with Prelu",
    nodes: [dense(fusedWith("BiasAdd", "Prelu"), ["alpha"])],
    arrays: { ...kernel, alpha: [4] },
    body: "input [3]; hidden: Dense(4); PReLU()",
  },
  behindDense(
    "LeakyRelu",
    [node("LeakyRelu", ["d"], "Identity", { alpha: { f: 0.1 } })],
    ", activation=leaky_relu(0.1))",
  ),
  behindDense("Selu", [node("Selu", ["d"], "Identity")], ", activation=selu)"),
  behindDense("Softplus", [node("Softplus", ["d"], "Identity")], ", activation=softplus)"),
  behindDense(
    "silu as Sigmoid and Mul",
    [node("Sigmoid", ["d"], "s"), node("Mul", ["d", "s"], "Identity")],
    ", activation=silu)",
  ),
  behindDense(
    "a BatchNormalization folded into Mul and AddV2",
    [node("Mul", ["d", "scale"], "e"), node("AddV2", ["e", "offset"], "Identity")],
    "); e: BatchNormalization(epsilon=0)",
    { scale: [4], offset: [4] },
  ),
  behindDense(
    "FusedBatchNormV3",
    [
      node("Reshape", ["d", "shape"], "r"),
      node("FusedBatchNormV3", ["r", "gamma", "beta", "mean", "variance"], "n", {
        epsilon: { f: 0.001 },
        data_format: { s: btoa("NHWC") },
        is_training: { b: false },
      }),
      node("Relu", ["n"], "Identity"),
    ],
    "); r: Reshape([2, 1, 2]); n: BatchNormalization(); Activation(relu)",
    { shape: { ints: [-1, 2, 1, 2] }, gamma: [2], beta: [2], mean: [2], variance: [2] },
  ),
  behindDense(
    "a LayerNormalization step by step",
    [
      node("Mean", ["d", "axes"], "mean", { keep_dims: { b: true } }),
      node("SquaredDifference", ["d", "mean"], "sd"),
      node("Mean", ["sd", "axes"], "variance", { keep_dims: { b: true } }),
      node("AddV2", ["variance", "epsilon"], "e"),
      node("Rsqrt", ["e"], "r"),
      node("Sub", ["d", "mean"], "c"),
      node("Mul", ["c", "r"], "n"),
      node("Mul", ["n", "gamma"], "g"),
      node("AddV2", ["g", "beta"], "Identity"),
    ],
    "); n: LayerNormalization(epsilon=0.3)",
    { axes: { ints: [-1] }, epsilon: [], gamma: [4], beta: [4] },
  ),
  {
    name: "Flatten by Reshape",
    nodes: [node("Reshape", ["x", "shape"], "r"), node("MatMul", ["r", "kernel"], "Identity", flags)],
    arrays: { shape: { ints: [-1, 6] }, kernel: [6, 2] },
    input: [2, 3],
    body: "input [2, 3]; r: Flatten(); Dense(2, use_bias=false)",
  },
  {
    name: "Reshape by the size of the batch",
    nodes: [
      node("Shape", ["x"], "shape"),
      node("StridedSlice", ["shape", "zero", "one", "one"], "n", { shrink_axis_mask: { i: "1" } }),
      node("Pack", ["n", "two", "three"], "to", { N: { i: "3" }, axis: { i: "0" } }),
      node("Reshape", ["x", "to"], "Identity"),
    ],
    arrays: { zero: { ints: [0] }, one: { ints: [1] }, two: { ints: [2] }, three: { ints: [3] } },
    input: [6],
    body: "input [6]; Reshape([2, 3])",
  },
  {
    name: "the mean over the steps of a sequence",
    nodes: [node("Mean", ["x", "axes"], "Identity", { keep_dims: { b: false } })],
    arrays: { axes: { ints: [1] } },
    input: [2, 3],
    body: "input [2, 3]; GlobalAveragePooling1D()",
  },
  {
    name: "an Embedding",
    nodes: [node("GatherV2", ["table", "x", "axis"], "Identity")],
    arrays: { table: [10, 2], axis: { ints: [0] } },
    type: "DT_INT32",
    body: "input [3]; Embedding(10, 2)",
  },
];

/** The files of a model, and what its arrays are. */
export function filesOf(model: GraphModel): Readonly<Record<string, string | Uint8Array>> {
  const { nodes, arrays, input = [3], type = "DT_FLOAT" } = model;
  const all = Object.entries(arrays).map(([name, given], seed) => {
    const isList = !Array.isArray(given);
    const shape = isList ? [(given as { ints: readonly number[] }).ints.length] : given;
    // Sizes that are packed, and axes, are numbers without axes.
    const scalar = isList && shape[0] === 1 && !["axes", "zero", "one"].includes(name) ? [] : shape;
    const count = scalar.reduce((product, size) => product * size, 1);
    const numbers = someNumbers(count, seed + 1);
    const values =
      name === "epsilon" ? [0.3] : name === "variance" ? numbers.map((value) => value ** 2 + 0.1) : numbers;
    const floats = Float32Array.from(values);
    const bytes = isList
      ? new Uint8Array(Int32Array.from((given as { ints: readonly number[] }).ints).buffer)
      : new Uint8Array(floats.buffer);
    return { name, shape: scalar, dtype: isList ? "int32" : "float32", bytes };
  });
  const dims = [-1, ...input].map((size) => ({ size: String(size) }));
  const shape = { dim: dims };
  const placeholder = { name: "x", op: "Placeholder", attr: { shape: { shape }, dtype: { type } } };
  const constants = all.map(({ name, dtype }) => ({
    name,
    op: "Const",
    attr: { dtype: { type: dtype === "int32" ? "DT_INT32" : "DT_FLOAT" } },
  }));
  const json = {
    format: "graph-model",
    generatedBy: "2.13.0",
    convertedBy: "TensorFlow.js Converter v4.22.0",
    signature: {
      inputs: { x: { name: "x:0", dtype: type, tensorShape: shape } },
      outputs: { y: { name: "Identity:0", dtype: "DT_FLOAT" } },
    },
    modelTopology: { node: [placeholder, ...constants, ...nodes], library: {}, versions: { producer: 1482 } },
    weightsManifest: [
      { paths: ["group1-shard1of1.bin"], weights: all.map(({ name, shape, dtype }) => ({ name, shape, dtype })) },
    ],
  };
  return {
    "tfjs/model.json": JSON.stringify(json),
    "tfjs/group1-shard1of1.bin": new Uint8Array(Buffer.concat(all.map(({ bytes }) => bytes))),
  };
}
