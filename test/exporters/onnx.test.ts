import { describe, expect, test } from "vitest";
import type { Model } from "../../src/check/model.ts";
import { exportOnnx, type ExportPrecision } from "../../src/exporters/onnx/export-onnx.ts";
import { readGraph } from "../../src/model-formats/onnx/read-graph.ts";
import { weightKey, type WeightArrays } from "../../src/ir/weight-arrays.ts";
import { modelWeights } from "../../src/lower/model-info.ts";
import { checkSource } from "../../src/stages/check-source.ts";

/** The model that a text declares last, with arrays of ones. */
async function modelOf(text: string): Promise<{ readonly model: Model; readonly arrays: WeightArrays }> {
  const { result } = await checkSource(text);
  const model = result.models.at(-1);
  if (model === undefined) throw new Error(result.diagnostics.map(({ message }) => message).join("; "));
  const arrays = new Map(
    modelWeights(model).map(({ path, shape }) => {
      const size = shape.reduce((product, extent) => product * extent, 1);
      return [weightKey(path), new Float32Array(size).fill(1)] as const;
    }),
  );
  return { model, arrays };
}

async function exported(text: string, precision?: ExportPrecision) {
  const { model, arrays } = await modelOf(text);
  return readGraph(exportOnnx(model, arrays, "1.2.3", precision));
}

describe("operators", () => {
  test.each<[string, string, string]>([
    ["Dense of a vector", "input [3] Dense(2, activation=relu)", "Gemm Relu"],
    ["Dense without bias", "input [3] Dense(2, use_bias=false)", "MatMul"],
    ["Dense over the last axis", "input [5, 3] Dense(2)", "MatMul Add"],
    ["gelu", "input [3] Activation(gelu)", "Div Erf Add Mul Mul"],
    ["silu", "input [3] Activation(silu)", "Sigmoid Mul"],
    ["hard_sigmoid", "input [3] Activation(hard_sigmoid)", "HardSigmoid"],
    ["elu with an alpha", "input [3] ELU(0.3)", "Elu"],
    ["relu6", "input [3] Activation(relu6)", "Clip"],
    ["a threshold, element by element", "input [3] ReLU(threshold=1)", "Greater Where"],
    ["softmax", "input [3, 4] Softmax(axis=1)", "Softmax"],
    ["log_softmax", "input [3] Activation(log_softmax)", "LogSoftmax"],
    ["channels in axis 1", "input [3, 4] BatchNormalization(axis=1)", "BatchNormalization"],
    ["channels in the last of two axes", "input [3, 4] BatchNormalization()", "Sub Mul Add"],
    ["LayerNormalization", "input [3, 4] LayerNormalization(axis=[1, 2])", "LayerNormalization"],
    ["PReLU", "input [3, 4] PReLU(shared_axes=[1])", "PRelu"],
    ["what does nothing", "input [3] Dropout(0.5)", "Identity"],
    ["Flatten and Permute", "input [3, 4] Permute([2, 1]) Flatten()", "Transpose Reshape"],
    ["Embedding", "input [3] Embedding(5, 2)", "Cast Gather"],
    ["EinsumDense", 'input [3, 4] EinsumDense("abc,cd->abd", output_shape=[3, 2], bias_axes="d")', "Einsum Add"],
  ])("%s", async (_, body, operators) => {
    const { graph } = await exported(`model Net { ${body} }`);
    expect(graph.nodes.map((node) => node.operator).join(" ")).toBe(operators);
  });
});

test("with int8 large Dense layers are onnxruntime's dynamic quantisation, with bytes for kernels", async () => {
  const { graph } = await exported("model Net { input [64] Dense(64, activation=relu) Dense(3) }", "int8");
  expect(graph.nodes.map((node) => node.operator).join(" ")).toBe(
    "DynamicQuantizeLinear MatMulInteger Mul Cast Mul Add Relu Gemm",
  );
  const [rows, product] = graph.nodes;
  expect(product?.inputs).toEqual([rows?.outputs[0], "dense/kernel", rows?.outputs[2]]);
});

test("names, shapes and the opset", async () => {
  const { graph, opset } = await exported(
    "dim time\nmodel Encoder { input [time, 3] hidden: Dense(2) }\nmodel Net { input [time, 3] Encoder Dense(4) }",
  );
  expect(opset).toBe(17);
  expect(graph.name).toBe("Net");
  expect(graph.inputs).toEqual([{ name: "input", elementType: 1, shape: [null, null, 3] }]);
  expect(graph.outputs).toEqual([{ name: "output", elementType: 1, shape: [null, null, 4] }]);
  expect(graph.nodes.map((node) => node.name)).toEqual([
    "encoder/hidden/MatMul",
    "encoder/hidden/Add",
    "dense/MatMul",
    "dense/Add",
  ]);
  expect([...graph.initializers.keys()]).toEqual([
    "encoder/hidden/kernel",
    "encoder/hidden/bias",
    "dense/kernel",
    "dense/bias",
  ]);
});

test("a run-time dim called batch leaves the name of the batch axis to it", async () => {
  const { model, arrays } = await modelOf("dim batch\nmodel Net { input [batch, 3] ReLU() }");
  const text = new TextDecoder("latin1").decode(exportOnnx(model, arrays, "1"));
  expect(text).toContain("batch_size");
});

test("labels are metadata", async () => {
  const { model, arrays } = await modelOf('model Net { input [3] Dense(2) labels ["no", "yes"] }');
  expect(new TextDecoder("latin1").decode(exportOnnx(model, arrays, "1"))).toContain('["no","yes"]');
});

test("every tensor has a name of its own", async () => {
  const { graph } = await exported(
    'model Net { input [3] "a": Dense(3, activation=mish) "a_1": Dense(3, activation=mish) Activation(mish) }',
  );
  const names = [...graph.nodes.flatMap((node) => node.outputs), ...graph.initializers.keys(), "input"];
  expect(new Set(names).size).toBe(names.length);
});
