import type { TestNode } from "../make-onnx.ts";
import { someFloats, type OperatorModel } from "./operator-model.ts";

const domains = { "com.microsoft": 1 };
const own = (
  name: string,
  from: readonly string[],
  out: string,
  attributes: TestNode["attributes"] = {},
): TestNode => ({
  op: name,
  in: from,
  out: [out],
  attributes,
  domain: "com.microsoft",
});
const product: TestNode = { op: "MatMul", in: ["x", "w"], out: ["h"] };
const arrays = [someFloats("w", [3, 4]), someFloats("b", [4])];
const after = (name: string, node: TestNode, body: string): OperatorModel => ({
  name: `com.microsoft ${name}`,
  model: { nodes: [product, node], initializers: arrays, domains },
  body: `input [3]; ${body}`,
});

/** What onnxruntime's optimizers put in place of ONNX' own operators. */
export const microsoft: readonly OperatorModel[] = [
  after("Gelu", own("Gelu", ["h"], "y"), "Dense(4, activation=gelu, use_bias=false)"),
  after("BiasGelu", own("BiasGelu", ["h", "b"], "y"), "Dense(4, activation=gelu)"),
  after("FastGelu", own("FastGelu", ["h"], "y"), "Dense(4, activation=gelu(true), use_bias=false)"),
  after("FastGelu with a bias", own("FastGelu", ["h", "b"], "y"), "Dense(4, activation=gelu(true))"),
  after(
    "QuickGelu",
    own("QuickGelu", ["h"], "y", { alpha: { f: 2 } }),
    "Dense(4, use_bias=false); Rescaling(2); Activation(silu); Rescaling(0.5)",
  ),
  {
    name: "com.microsoft FusedMatMul",
    model: {
      nodes: [own("FusedMatMul", ["x", "w"], "y", { alpha: { f: 0.5 }, transB: { i: 1 } })],
      initializers: [someFloats("w", [4, 3])],
      domains,
    },
    body: "input [3]; Dense(4, use_bias=false)",
  },
  {
    name: "com.microsoft FusedGemm",
    model: {
      nodes: [own("FusedGemm", ["x", "w", "b"], "y", { activation: { s: "LeakyRelu" }, activation_alpha: { f: 0.2 } })],
      initializers: arrays,
      domains,
    },
    body: "input [3]; Dense(4, activation=leaky_relu)",
  },
  {
    name: "onnxruntime SimplifiedLayerNormalization",
    model: {
      nodes: [{ op: "SimplifiedLayerNormalization", in: ["x", "s"], out: ["y"], attributes: { epsilon: { f: 1e-6 } } }],
      initializers: [someFloats("s", [3])],
    },
    body: "input [3]; RMSNormalization()",
  },
];
