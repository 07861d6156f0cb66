import { onnx, tensor, value, type TestModel, type TestNode } from "../make-onnx.ts";
import { someFloats } from "./operator-model.ts";

const node = (op: string, from: readonly string[] = ["x"], more: Partial<TestNode> = {}): TestNode => ({
  op,
  in: from,
  out: ["y"],
  name: "node",
  ...more,
});
const ml = (op: string, attributes: TestNode["attributes"] = {}): TestNode =>
  node(op, ["x"], { domain: "ai.onnx.ml", attributes });
const of = (nodes: TestNode | readonly TestNode[], more: Partial<TestModel> = {}): Uint8Array =>
  onnx({ nodes: [nodes].flat(), domains: { "ai.onnx.ml": 1 }, ...more });
const w = { initializers: [someFloats("w", [3, 3])] };

/** A model for each row of the table of what is refused, by the first cell of the row. */
export const refusals: Readonly<Record<string, Uint8Array>> = {
  "convolutions and pooling": of(node("Conv", ["x", "w"]), w),
  "recurrent layers, attention, control flow": of(node("LSTM")),
  "quantised arithmetic": of(node("DynamicQuantizeLinear")),
  "trees, support vectors, imputers": of(ml("TreeEnsembleRegressor")),
  "several inputs": of(node("Add", ["x", "z"]), { inputs: [value("x", ["n", 3]), value("z", ["n", 3])] }),
  "several outputs": of([node("Relu", ["x"], { out: ["h"] }), node("Tanh", ["h"])], { outputs: ["h", "y"] }),
  branches: of(
    [node("Erf", ["x"], { out: ["a"] }), node("Conv", ["x", "w"], { out: ["b"] }), node("Add", ["a", "b"])],
    w,
  ),
  "a second array that is no constant": of([node("MatMul", ["x", "x"])]),
  "training mode": of(node("Dropout", ["x", "", "t"]), {
    initializers: [tensor("t", [], { raw: new Uint8Array([1]), type: 9 })],
  }),
  "an attribute that the operator has not": of(node("Relu", ["x"], { attributes: { slope: { f: 1 } } })),
  "axes lined up by attributes, before opset 7": of(node("Add", ["x", "w"], { attributes: { axis: { i: 1 } } }), {
    ...w,
    opset: 6,
  }),
  "computing with integers": of(node("Div", ["x", "x"]), { inputs: [value("x", ["n", 3], 7)] }),
  "casts that round": of(node("Cast", ["x"], { attributes: { to: { i: 6 } } })),
  texts: of(node("Identity"), { inputs: [value("x", ["n", 3], 8)] }),
  "the L1 norm, the largest value": of(ml("Normalizer", { norm: { s: "L1" } })),
  "a batch where the input has no batch axis": of(node("Gemm", ["x", "w"]), { ...w, input: [3] }),
  "a mean and a variance over the batch": of(node("MeanVarianceNormalization"), { input: ["n", 2, 4, 3] }),
  "numbers packed in an order of their own": of(
    node("MatMulNBits", ["x", "q", "s", "", "g"], {
      domain: "com.microsoft",
      attributes: { K: { i: 16 }, N: { i: 1 }, block_size: { i: 16 } },
    }),
    {
      initializers: [
        tensor("q", [1, 1, 8], { raw: new Uint8Array(8), type: 2 }),
        someFloats("s", [1]),
        tensor("g", [16], { int64: Array.from({ length: 16 }, () => 0) }),
      ],
      input: ["n", 16],
    },
  ),
  "moving samples": of(node("Transpose", ["x"], { attributes: { perm: { ints: [1, 0] } } })),
};
