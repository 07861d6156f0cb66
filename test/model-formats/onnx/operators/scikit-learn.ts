import { tensor, value, type TestModel, type TestNode } from "../make-onnx.ts";
import { op, someFloats, someNumbers, type OperatorModel } from "./operator-model.ts";

const domains = { "ai.onnx.ml": 1 };
const ml = (op: string, from: readonly string[], out: readonly string[], attributes: TestNode["attributes"] = {}) =>
  ({ op, in: from, out, attributes, domain: "ai.onnx.ml" }) satisfies TestNode;

/** A multilayer perceptron as skl2onnx writes it, up to `end`. */
function perceptron(classes: number, activation: string, end: string): Pick<TestModel, "nodes" | "initializers"> {
  return {
    nodes: [
      op("Cast", ["x"], "cast", { to: { i: 1 } }),
      op("MatMul", ["cast", "coefficient"], "m"),
      op("Add", ["m", "intercepts"], "a"),
      op("Relu", ["a"], "r"),
      op("MatMul", ["r", "coefficient1"], "m1"),
      op("Add", ["m1", "intercepts1"], "a1"),
      op(activation, ["a1"], end),
    ],
    initializers: [
      someFloats("coefficient", [3, 5]),
      someFloats("intercepts", [1, 5]),
      someFloats("coefficient1", [5, classes]),
      someFloats("intercepts1", [1, classes]),
    ],
  };
}

/** The class with the largest probability, as skl2onnx looks it up. */
function label(classes: Uint8Array): Pick<TestModel, "nodes" | "initializers"> {
  return {
    nodes: [
      op("ArgMax", ["probabilities"], "argmax", { axis: { i: 1 } }),
      ml("ArrayFeatureExtractor", ["classes", "argmax"], ["extracted"]),
      op("Reshape", ["extracted", "shape"], "label"),
    ],
    initializers: [classes, tensor("shape", [1], { int64: [-1] })],
  };
}

const texts = tensor("classes", [3], { strings: ["setosa", "versicolor", "virginica"] });
const join = (...parts: readonly Pick<TestModel, "nodes" | "initializers">[]): TestModel => ({
  nodes: parts.flatMap(({ nodes }) => nodes),
  initializers: parts.flatMap(({ initializers = [] }) => initializers),
  outputs: ["label", "probabilities"],
  domains,
  opset: 14,
});
const columns = {
  nodes: [op("Sub", ["unity", "p"], "n"), op("Concat", ["n", "p"], "probabilities", { axis: { i: 1 } })],
  initializers: [tensor("unity", [], { floats: [1] })],
};
const zipped = perceptron(3, "Softmax", "p");

const classifier = (rows: number, attributes: TestNode["attributes"]): TestNode =>
  ml("LinearClassifier", ["x"], ["label", "scores"], {
    coefficients: { floats: someNumbers(rows * 3, 2) },
    intercepts: { floats: someNumbers(rows, 3) },
    ...attributes,
  });

/** A classifier of three classes, what becomes of its sums, and what makes probabilities of that. */
const logistic = (transform: string): TestModel => ({
  nodes: [
    classifier(3, { classlabels_ints: { ints: [0, 1, 2] }, post_transform: { s: transform } }),
    ml("Normalizer", ["scores"], ["probabilities"], { norm: { s: "L1" } }),
  ],
  outputs: ["label", "probabilities"],
  domains,
});

/** What skl2onnx makes of scikit-learn's models and pipelines. */
export const scikitLearn: readonly OperatorModel[] = [
  {
    name: "skl2onnx: StandardScaler (ai.onnx.ml.Scaler)",
    model: {
      nodes: [
        ml("Scaler", ["x"], ["s"], { offset: { floats: [1, 2, 3] }, scale: { floats: [0.5, 0.25, 2] } }),
        op("MatMul", ["s", "w"], "y"),
      ],
      initializers: [someFloats("w", [3, 2])],
      domains,
    },
    body: "input [3]; BatchNormalization(epsilon=0, center=false); Dense(2, use_bias=false)",
  },
  {
    name: "skl2onnx: Scaler of one number for all",
    model: { nodes: [ml("Scaler", ["x"], ["y"], { offset: { floats: [1] }, scale: { floats: [0.5] } })], domains },
    body: "input [3]; BatchNormalization(epsilon=0, center=false)",
  },
  {
    name: "skl2onnx: MinMaxScaler (Mul, Add, Clip)",
    model: {
      nodes: [op("Mul", ["x", "scale"], "a"), op("Add", ["a", "offset"], "b"), op("Clip", ["b", "low", "high"], "y")],
      initializers: [
        someFloats("scale", [3]),
        someFloats("offset", [3]),
        tensor("low", [], { floats: [0] }),
        tensor("high", [], { floats: [1] }),
      ],
    },
    body: "input [3]; BatchNormalization(epsilon=0); Activation(relu(max_value=1))",
  },
  {
    name: "skl2onnx: Normalizer (ai.onnx.ml.Normalizer, L2)",
    model: { nodes: [ml("Normalizer", ["x"], ["y"], { norm: { s: "L2" } })], domains },
    body: "input [3]; UnitNormalization()",
  },
  {
    name: "skl2onnx: MLPClassifier, zipmap=False",
    model: join(perceptron(3, "Softmax", "probabilities"), label(tensor("classes", [3], { int64: [0, 1, 2] }))),
    output: "probabilities",
    body: "input [3]; Dense(5, activation=relu); Dense(3, activation=softmax)",
  },
  {
    name: "skl2onnx: MLPClassifier with labels of text, zipmap=False",
    model: join(perceptron(3, "Softmax", "probabilities"), label(texts)),
    output: "probabilities",
    body: 'input [3]; labels ["setosa", "versicolor", "virginica"]; Dense(5, activation=relu); Dense(3, activation=softmax)',
  },
  {
    name: "skl2onnx: MLPClassifier of two classes",
    model: join(perceptron(1, "Sigmoid", "p"), columns, label(tensor("classes", [2], { strings: ["no", "yes"] }))),
    output: "probabilities",
    body: 'input [3]; labels ["no", "yes"]; Dense(5, activation=relu); Dense(1, activation=sigmoid); Dense(2)',
  },
  {
    name: "skl2onnx: MLPClassifier with ZipMap",
    model: {
      ...join(zipped),
      nodes: [
        ...zipped.nodes,
        op("ArgMax", ["p"], "label", { axis: { i: 1 } }),
        ml("ZipMap", ["p"], ["probabilities"], { classlabels_strings: { strings: ["a", "b", "c"] } }),
      ],
    },
    output: "p",
    body: 'input [3]; labels ["a", "b", "c"]; Dense(5, activation=relu); Dense(3, activation=softmax)',
  },
  {
    name: "skl2onnx: LogisticRegression (ai.onnx.ml.LinearClassifier, SOFTMAX)",
    model: logistic("SOFTMAX"),
    output: "probabilities",
    body: "input [3]; Dense(3, activation=softmax)",
  },
  {
    name: "skl2onnx: LogisticRegression, one against the rest (LOGISTIC)",
    model: logistic("LOGISTIC"),
    output: "probabilities",
    body: "input [3]; Dense(3, activation=log_sigmoid); Softmax()",
  },
  {
    name: "skl2onnx: LogisticRegression of two classes, one row of coefficients",
    model: {
      nodes: [classifier(1, { classlabels_strings: { strings: ["no", "yes"] }, post_transform: { s: "LOGISTIC" } })],
      outputs: ["label", "scores"],
      domains,
    },
    output: "scores",
    body: 'input [3]; labels ["no", "yes"]; Dense(2, activation=sigmoid)',
  },
  {
    name: "skl2onnx: LinearRegression (ai.onnx.ml.LinearRegressor)",
    model: {
      nodes: [
        ml("LinearRegressor", ["x"], ["y"], {
          coefficients: { floats: someNumbers(6, 2) },
          intercepts: { floats: [0.5, -0.5] },
          targets: { i: 2 },
        }),
      ],
      domains,
    },
    body: "input [3]; Dense(2)",
  },
  {
    name: "skl2onnx: columns of a table as inputs of their own",
    model: {
      nodes: [op("Concat", ["b", "a", "c"], "x", { axis: { i: 1 } }), op("MatMul", ["x", "w"], "y")],
      initializers: [someFloats("w", [3, 2])],
      inputs: ["a", "b", "c"].map((name) => value(name, ["n", 1])),
    },
    columns: ["b", "a", "c"],
    body: "input [3]; Dense(2, use_bias=false)",
  },
];
