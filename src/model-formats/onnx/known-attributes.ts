import { fail } from "../../files/read-failure.ts";
import { shorten } from "../../files/shorten.ts";
import { describeNode } from "./describe-node.ts";
import { isElementwise } from "./expression.ts";
import type { StoredGraph } from "./read-graph.ts";

/**
 * The attributes of every operator that is read, in the operator sets 7 to 25 (https://onnx.ai/onnx/operators): what looks at
 * a node looks at these. `elementwise` in `expression.ts` has none but those named here.
 */
const attributesOf: Readonly<Record<string, string>> = {
  BatchNormalization: "epsilon momentum training_mode spatial",
  // Only float8 is saturated and rounded otherwise.
  Cast: "to saturate round_mode",
  Celu: "alpha",
  Clip: "min max",
  Concat: "axis",
  Constant: "value value_float value_floats value_int value_ints",
  // The rate and the seed count in training only.
  Dropout: "ratio seed",
  Elu: "alpha",
  Expand: "",
  Flatten: "axis",
  Gather: "axis",
  Gelu: "approximate",
  Gemm: "alpha beta transA transB",
  HardSigmoid: "alpha beta",
  // The type that a runtime keeps the mean in.
  LayerNormalization: "axis epsilon stash_type",
  LeakyRelu: "alpha",
  LogSoftmax: "axis",
  MatMul: "",
  PRelu: "",
  ReduceMax: "axes keepdims noop_with_empty_axes",
  ReduceMean: "axes keepdims noop_with_empty_axes",
  Reshape: "allowzero",
  Selu: "alpha gamma",
  Shape: "start end",
  Shrink: "bias lambd",
  Slice: "",
  Softmax: "axis",
  Squeeze: "axes",
  ThresholdedRelu: "alpha",
  Transpose: "perm",
  Unsqueeze: "axes",
};

const known: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(attributesOf).map(([operator, names]) => [operator, new Set(names.split(" "))]),
);

const none: ReadonlySet<string> = new Set();

/** Before operator set 7, how arrays line up is said by attributes, which have reports of their own. */
const firstOpset = 7;

/** Leaves with `fail` for an attribute that is not understood: without it a node may compute something else. */
export function checkAttributes({ nodes }: StoredGraph, opset: number): void {
  if (opset < firstOpset) return;
  for (const node of nodes) {
    const names = known.get(node.operator) ?? (isElementwise(node.operator) ? none : undefined);
    if (names === undefined || node.domain !== "") continue;
    const strange = [...node.attributes.keys()].find((name) => !names.has(name));
    if (strange === undefined) continue;
    fail(
      "unsupported",
      `${describeNode(node)} has the attribute '${shorten(strange, 40)}', which is none of this operator in the operator sets 7 to 25`,
    );
  }
}
