import { fail } from "../../files/read-failure.ts";
import { shorten } from "../../files/shorten.ts";
import { describeNode } from "./describe-node.ts";
import { elementwiseAttributes } from "./expression.ts";
import { operatorName } from "./operator-name.ts";
import type { StoredGraph } from "./read-graph.ts";

/**
 * The attributes of the operators that are read, in the operator sets 7 to 25 (https://onnx.ai/onnx/operators): what looks at a
 * node looks at these. The elementwise ones have theirs in `expression.ts`, but for two that are no numbers of a formula.
 */
const attributesOf: Readonly<Record<string, string>> = {
  BatchNormalization: "epsilon momentum training_mode spatial",
  // Only float8 is saturated and rounded otherwise.
  Cast: "to saturate round_mode",
  // Before opset 11.
  Clip: "min max",
  Concat: "axis",
  Constant: "value value_float value_floats value_int value_ints",
  DequantizeLinear: "axis block_size output_dtype",
  // The rate and the seed count in training only.
  Dropout: "ratio seed",
  Expand: "",
  Flatten: "axis",
  Gather: "axis",
  Gelu: "approximate",
  Gemm: "alpha beta transA transB",
  // The type that a runtime keeps the mean in.
  LayerNormalization: "axis epsilon stash_type",
  GroupNormalization: "num_groups epsilon stash_type",
  InstanceNormalization: "epsilon",
  LogSoftmax: "axis",
  LpNormalization: "axis p",
  MatMul: "",
  MeanVarianceNormalization: "axes",
  PRelu: "",
  RMSNormalization: "axis epsilon stash_type",
  ReduceL2: "axes keepdims noop_with_empty_axes",
  ReduceMax: "axes keepdims noop_with_empty_axes",
  ReduceMean: "axes keepdims noop_with_empty_axes",
  ReduceSum: "axes keepdims noop_with_empty_axes",
  ReduceSumSquare: "axes keepdims noop_with_empty_axes",
  Reshape: "allowzero",
  Shape: "start end",
  SimplifiedLayerNormalization: "axis epsilon stash_type",
  // Before opset 10.
  Slice: "starts ends axes",
  Softmax: "axis",
  Split: "axis split num_outputs",
  Squeeze: "axes",
  Transpose: "perm",
  Unsqueeze: "axes",
  "ai.onnx.ml.LinearClassifier":
    "coefficients intercepts multi_class post_transform classlabels_strings classlabels_ints",
  "ai.onnx.ml.LinearRegressor": "coefficients intercepts targets post_transform",
  "ai.onnx.ml.Normalizer": "norm",
  "ai.onnx.ml.Scaler": "offset scale",
  "com.microsoft.BiasGelu": "",
  "com.microsoft.FastGelu": "",
  "com.microsoft.FusedGemm": "alpha beta transA transB activation activation_alpha activation_beta activation_gamma",
  "com.microsoft.FusedMatMul": "alpha transA transB transBatchA transBatchB",
  "com.microsoft.Gelu": "",
  // How exactly the input is kept at least, which is here as it is.
  "com.microsoft.MatMulNBits": "K N bits block_size accuracy_level",
  "com.microsoft.QuickGelu": "alpha",
};

/** Not looked up in the object itself, which has names of its own: an operator may be called anything. */
const known: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(attributesOf).map(([operator, names]) => [operator, names.split(" ")]),
);

/** Before operator set 7, how arrays line up is said by attributes, which have reports of their own. */
const firstOpset = 7;

/** Leaves with `fail` for an attribute that is not understood: without it a node may compute something else. */
export function checkAttributes({ nodes }: StoredGraph, opset: number): void {
  if (opset < firstOpset) return;
  for (const node of nodes) {
    const names = known.get(operatorName(node)) ?? elementwiseAttributes(node);
    if (names === undefined) continue;
    const strange = [...node.attributes.keys()].find((name) => !names.includes(name));
    if (strange === undefined) continue;
    fail(
      "unsupported",
      `${describeNode(node)} has the attribute '${shorten(strange, 40)}', which is none of this operator in the operator sets 7 to 25`,
    );
  }
}
