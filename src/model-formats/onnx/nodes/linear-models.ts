import { counted } from "../../../diagnostics/counted.ts";
import { fail } from "../../../files/read-failure.ts";
import { singleLayer, type ReadNode, type StepContext } from "../chain.ts";
import { describeNode } from "../describe-node.ts";
import type { StoredNode } from "../read-graph.ts";

/** What becomes of the sums, as ai.onnx.ml calls it, and Keras' activation. */
const activations: ReadonlyMap<string, string> = new Map([
  ["NONE", "linear"],
  ["SOFTMAX", "softmax"],
  ["LOGISTIC", "sigmoid"],
]);

/** A value for each class; with one row of coefficients for two classes, the second's and what the first has then. */
export const linearClassifier: ReadNode = (node, context) => {
  const activation = activationOf(node);
  const intercepts = node.attributes.get("intercepts")?.floats ?? [];
  const classes = Math.max(
    node.attributes.get("classlabels_strings")?.strings.length ?? 0,
    node.attributes.get("classlabels_ints")?.ints.length ?? 0,
  );
  const coefficients = node.attributes.get("coefficients")?.floats ?? [];
  const rows = intercepts.length === 0 ? classes : intercepts.length;
  const step = dense(node, context, { coefficients, intercepts, rows, activation, output: 1 });
  if (rows === classes) return step;
  // 1 - sigmoid(x) is sigmoid(-x).
  if (rows !== 1 || classes !== 2 || activation !== "sigmoid") {
    return fail(
      "unsupported",
      `${describeNode(node)} has ${counted(rows, "row")} of coefficients for ${counted(classes, "class", "classes")}`,
    );
  }
  const both = (values: readonly number[]): readonly number[] => [...values.map((value) => -value), ...values];
  return dense(node, context, {
    coefficients: both(coefficients),
    intercepts: both(intercepts),
    rows: 2,
    activation,
    output: 1,
  });
};

/** A value for each target. */
export const linearRegressor: ReadNode = (node, context) =>
  dense(node, context, {
    coefficients: node.attributes.get("coefficients")?.floats ?? [],
    intercepts: node.attributes.get("intercepts")?.floats ?? [],
    rows: node.attributes.get("targets")?.int ?? 1,
    activation: activationOf(node),
    output: 0,
  });

interface LinearModel {
  /** `[rows, features]` */
  readonly coefficients: readonly number[];
  /** `[rows]`, or none. */
  readonly intercepts: readonly number[];
  readonly rows: number;
  readonly activation: string;
  /** Which output of the node has the values. */
  readonly output: number;
}

function dense(
  node: StoredNode,
  { place }: StepContext,
  { coefficients, intercepts, rows, activation, output }: LinearModel,
) {
  const features = coefficients.length / rows;
  const [size] = place.sizes;
  const fits = Number.isInteger(features) && features > 0 && (size === features || size === null);
  if (!fits || place.sizes.length !== 1 || (intercepts.length > 0 && intercepts.length !== rows)) {
    return fail("unsupported", `${describeNode(node)} has coefficients that do not fit [${place.sizes.join(", ")}]`);
  }
  const kernel = Float32Array.from(
    { length: coefficients.length },
    (_, at) => coefficients[(at % rows) * features + Math.floor(at / rows)] as number,
  );
  const arrays = [
    { name: "kernel", shape: [features, rows], data: kernel },
    ...(intercepts.length === 0 ? [] : [{ name: "bias", shape: [rows], data: Float32Array.from(intercepts) }]),
  ];
  const config = { units: rows, activation, use_bias: intercepts.length > 0 };
  const step = singleLayer(node, { className: "Dense", config, arrays, hints: [node.name] }, [rows]);
  return { ...step, end: { ...step.end, tensor: node.outputs[output] ?? "" } };
}

function activationOf(node: StoredNode): string {
  const transform = node.attributes.get("post_transform")?.string ?? "NONE";
  const activation = activations.get(transform);
  return (
    activation ?? fail("unsupported", `${describeNode(node)} has post_transform=${transform}, which Layers has not`)
  );
}
