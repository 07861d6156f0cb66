import { tensor, type TestNode } from "../make-onnx.ts";
import { someFloats, someNumbers, type OperatorModel } from "./operator-model.ts";

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

interface Packing {
  readonly zero?: "packed" | "floats";
  readonly bias?: boolean;
  readonly matrix?: boolean;
}

/** A product with 3 columns of `rows` numbers each, packed in blocks. */
function packedProduct(
  name: string,
  bits: number,
  block: number,
  rows: number,
  { zero, bias = false, matrix = false }: Packing,
): OperatorModel {
  const [columns, blocks] = [3, Math.ceil(rows / block)];
  const bytes = (count: number, seed: number): Uint8Array =>
    Uint8Array.from(someNumbers(count, seed), (value) => Math.abs(Math.round(value * 1e6)) % 256);
  const perBlock = (block * bits) / 8;
  const packed = bytes(columns * blocks * perBlock, 3);
  const zeroBytes = bytes(columns * Math.ceil((blocks * bits) / 8), 4);
  const scales = someNumbers(columns * blocks, 6).map((value) => Math.fround(value / 2 ** bits));
  return {
    name: `com.microsoft ${name}`,
    model: {
      nodes: [
        own(
          "MatMulNBits",
          ["x", "fc.weight_Q4G16", "scales", zero === undefined ? "" : "zero", "", bias ? "b" : ""],
          "y",
          {
            K: { i: rows },
            N: { i: columns },
            bits: { i: bits },
            block_size: { i: block },
          },
        ),
      ],
      initializers: [
        tensor("fc.weight_Q4G16", [columns, blocks, perBlock], { raw: packed, type: 2 }),
        tensor("scales", matrix ? [columns, blocks] : [columns * blocks], { floats: scales }),
        ...(zero === "packed" ? [tensor("zero", [zeroBytes.length], { raw: zeroBytes, type: 2 })] : []),
        ...(zero === "floats"
          ? [tensor("zero", [columns * blocks], { floats: someNumbers(columns * blocks, 8) })]
          : []),
        ...(bias ? [someFloats("b", [columns])] : []),
      ],
      domains,
      input: ["n", rows],
    },
    samples: [4, rows],
    body: `input [${rows}]; fc: Dense(3${bias ? "" : ", use_bias=false"})`,
  };
}

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
  ...(
    [
      ["MatMulNBits", 4, 16, 40, {}],
      ["MatMulNBits of 8 bits", 8, 16, 40, {}],
      ["MatMulNBits with packed zero points", 4, 16, 40, { zero: "packed" }],
      ["MatMulNBits of 8 bits with zero points", 8, 32, 40, { zero: "packed" }],
      ["MatMulNBits with zero points that are floats", 4, 16, 40, { zero: "floats" }],
      ["MatMulNBits with a bias", 4, 32, 32, { zero: "packed", bias: true }],
      ["MatMulNBits with its scales as a matrix", 4, 16, 32, { matrix: true }],
    ] as const
  ).map(([name, bits, block, rows, more]) => packedProduct(name, bits, block, rows, more)),
  {
    name: "onnxruntime SimplifiedLayerNormalization",
    model: {
      nodes: [{ op: "SimplifiedLayerNormalization", in: ["x", "s"], out: ["y"], attributes: { epsilon: { f: 1e-6 } } }],
      initializers: [someFloats("s", [3])],
    },
    body: "input [3]; RMSNormalization()",
  },
];
