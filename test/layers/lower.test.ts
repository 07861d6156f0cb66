import { describe, expect, test } from "vitest";
import { applyActivation, identifierPart } from "../../src/activations/apply.ts";
import type { Tensor, WeightTensor } from "../../src/ir/graph.ts";
import type { GraphBuilder } from "../../src/ir/graph-builder.ts";
import { formatShape } from "../../src/ir/shape.ts";
import { activation } from "../../src/layers/arguments/activation.ts";
import { toSnakeCase } from "../../src/layers/snake-case.ts";
import { checkedModel } from "../check/check-text.ts";

/** A builder that writes down what it is asked for. */
function recorder(): { graph: GraphBuilder; log: string[] } {
  const log: string[] = [];
  const next = (shape: Tensor["shape"], text: string): Tensor => {
    log.push(text);
    return { id: log.length, shape };
  };
  const graph: GraphBuilder = {
    dense: (input, kernel, bias) =>
      next(
        [...input.shape.slice(0, -1), { factor: kernel.shape[1] as number, dims: [] }],
        `dense ${kernel.path} ${bias?.path}`,
      ),
    elementwise: (input, { name, formula }) => next(input.shape, `${name}: ${formula}`),
    softmax: (input, axis) => next(input.shape, `softmax ${axis}`),
    sparsemax: (input, axis) => next(input.shape, `sparsemax ${axis}`),
    glu: (input, axis) =>
      next(
        input.shape.map((size, at) => (at === axis ? { ...size, factor: size.factor / 2 } : size)),
        `glu ${axis}`,
      ),
    weightedMap: (input, { formula, weights }) =>
      next(input.shape, `${formula}; ${weights.map(({ name, strides }) => `${name} ${strides}`).join(", ")}`),
    reduceMap: (_input, { axes, formulas }, shape) => next(shape, `${formulas.join("; ")} over ${axes}`),
    stridedCopy: (_input, shape, strides) => next(shape, `copy ${strides.map(({ factor }) => factor)}`),
    embedding: (input, table) =>
      next([...input.shape, { factor: table.shape[1] as number, dims: [] }], `embedding ${table.path}`),
    einsum: (_input, { kernel }, shape) => next(shape, `einsum ${kernel.path}`),
    reshape: (_input, shape) => next(shape, `reshape ${formatShape(shape)}`),
  };
  return { graph, log };
}

async function lower(layers: string, input: string): Promise<readonly string[]> {
  const model = await checkedModel(`/// For others.\ndim time model M { input ${input} ${layers} }`);
  const { graph, log } = recorder();
  let tensor: Tensor = { id: 0, shape: model.inputShape };
  for (const layer of model.layers) {
    if (layer.kind !== "layer") throw new Error("nested");
    tensor = layer.definition.lower({
      config: layer.config,
      input: tensor,
      outputShape: layer.outputShape,
      graph,
      weight: (name): WeightTensor => {
        const spec = layer.weights.find((weight) => weight.name === name);
        if (spec === undefined) throw new Error(`no weight ${name}`);
        return { path: [layer.name, name], shape: spec.shape };
      },
      constant: (name, shape, values) => ({ path: [layer.name, name], shape, values: Float64Array.from(values) }),
    });
    expect(tensor.shape).toEqual(layer.outputShape);
  }
  return log;
}

describe("layers become operations", () => {
  test.each([
    ["Dense(3)", "[4]", ["dense dense,kernel dense,bias"]],
    ["Dense(3, use_bias=false, activation=softmax)", "[time, 4]", ["dense dense,kernel undefined", "softmax 1"]],
    ["Dense(3, relu) Activation(linear) Dropout(0.5)", "[4]", ["dense dense,kernel dense,bias", "relu: max(x, 0)"]],
    ["TimeDistributed(Permute([2, 1]))", "[time, 2, 3]", ["copy 6,1,3"]],
    ["Softmax([1, -1])", "[2, 3]", ["exp(x) / sum(exp(x)) over 0,1"]],
    [
      "Dense(6, activation=glu) Activation(sparsemax)",
      "[4]",
      ["dense dense,kernel dense,bias", "glu 0", "sparsemax 0"],
    ],
    [
      "BatchNormalization(scale=false)",
      "[time, 4]",
      ["(x - moving_mean) / sqrt(moving_variance + 0.001) + beta; beta 0,1, moving_mean 0,1, moving_variance 0,1"],
    ],
    ["Permute([2, 1]) Reshape([4]) RepeatVector(2)", "[1, 4]", ["reshape [4, 1]", "reshape [4]", "copy 0,1"]],
    [
      "Softmax() ReLU() Softmax(1) ReLU() Softmax(-2)",
      "[2, 3]",
      ["softmax 1", "relu: max(x, 0)", "softmax 0", "relu: max(x, 0)", "softmax 0"],
    ],
    ["Flatten() Reshape([-1, 2])", "[time, 4]", ["reshape [4*time]", "reshape [2*time, 2]"]],
    [
      "Rescaling(0.5) Rescaling(1/4, -1) Rescaling(-2, 1e-7)",
      "[4]",
      ["rescale_0_5: x * 0.5", "rescale_0_25_offset_m1: x * 0.25 - 1", "rescale_m2_offset_1em7: x * -2 + 1e-7"],
    ],
  ])("%s on %s", async (layers, input, expected) => {
    expect(await lower(layers, input)).toEqual(expected);
  });

  test("the layer ReLU is the activation relu", async () => {
    const [layer] = await lower("ReLU(6, 0.1, 1)", "[4]");
    const [function_] = await lower("Activation(relu(max_value=6, negative_slope=0.1, threshold=1))", "[4]");
    expect(layer).toBe(function_);
    expect(layer?.split(":")[0]).toBe("relu_negative_slope_0_1_max_value_6_threshold_1");
  });
});

describe("names of functions", () => {
  test("are identifiers, one per body", async () => {
    const log = await lower(
      "Activation(leaky_relu) Activation(leaky_relu(0.1)) Activation(relu(max_value=6)) Activation(relu(threshold=6)) Activation(gelu(true))",
      "[4]",
    );
    const names = log.map((line) => line.split(":")[0]);
    expect(names).toEqual(["leaky_relu", "leaky_relu_0_1", "relu_max_value_6", "relu_threshold_6", "gelu_true"]);
  });

  test("differ for different numbers", () => {
    const values = [0, 1, -1, 0.1, -0.1, 1e-7, 1e7, 1e21, -1e-21, 10, 1.01, 101, 5e-324, 1.7976931348623157e308];
    const parts = values.map(identifierPart);
    expect(new Set(parts).size).toBe(values.length);
    for (const part of parts) expect(`f_${part}`).toMatch(/^[a-z_0-9]+$/);
  });

  test("linear adds nothing", () => {
    const { graph, log } = recorder();
    const tensor: Tensor = { id: 7, shape: [] };
    const span = { file: "", start: 0, end: 0 };
    const linear = activation.convert(
      { kind: "none", span, literal: true },
      { subject: "", related: [], report: () => expect.unreachable() },
    );
    expect(applyActivation(graph, tensor, linear as Parameters<typeof applyActivation>[2])).toBe(tensor);
    expect(log).toEqual([]);
  });
});

test.each([
  ["Dense", "dense"],
  ["ReLU", "re_lu"],
  ["LayerNormalization", "layer_normalization"],
  ["Conv2DTranspose", "conv2d_transpose"],
  ["LSTM", "lstm"],
  ["GRUCell", "gru_cell"],
  ["ELU", "elu"],
  ["UpSampling1D", "up_sampling1d"],
  ["XORNet2", "xor_net2"],
  ["tiny_Encoder", "tiny__encoder"],
  ["__proto__", "__proto__"],
])("Keras calls a %s %s", (className, name) => {
  expect(toSnakeCase(className)).toBe(name);
});
