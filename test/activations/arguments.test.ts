import { expect, test } from "vitest";
import { activations } from "../../src/activations/index.ts";
import { checkText } from "../check/check-text.ts";

const codesOf = async (layer: string, input = "[3, 4]"): Promise<readonly string[]> => {
  const { diagnostics } = await checkText(`model M { input ${input} ${layer} }`);
  return diagnostics.map(({ code }) => code);
};

test("arguments have Keras' names, order and defaults", () => {
  const written = activations
    .filter(({ kind, parameters }) => kind === "elementwise" && parameters.length > 0)
    .map(({ name, parameters }) => [
      name,
      parameters.map((parameter) => `${parameter.name}=${parameter.default}`).join(", "),
    ]);
  expect(Object.fromEntries(written)).toEqual({
    relu: "negative_slope=0, max_value=null, threshold=0",
    leaky_relu: "negative_slope=0.2",
    elu: "alpha=1",
    celu: "alpha=1",
    gelu: "approximate=false",
    squareplus: "b=4",
    hard_shrink: "threshold=0.5",
    hard_sigmoid: "slope=0.16666666666666666",
    soft_shrink: "threshold=0.5",
    threshold: "threshold=undefined, default_value=undefined",
  });
});

test.each([
  ["Activation(threshold)", "missing-argument"],
  ["Dense(2, activation=threshold)", "missing-argument"],
  ["Activation(threshold(1))", "missing-argument"],
  ["Activation(threshold(1, none))", "argument-type"],
  ["Activation(celu(0))", "argument-range"],
  ["Activation(squareplus(-0.1))", "argument-range"],
  ["Activation(squareplus(b=none))", "argument-type"],
  ["Activation(gelu(1))", "argument-type"],
  ["Activation(mish(1))", "too-many-arguments"],
  ["Activation(relu(max_value=-1))", "argument-range"],
  ["Activation(hard_shrink(lambda=1))", "unknown-argument"],
  ["LeakyReLU(none)", "argument-type"],
  ["LeakyReLU(-0.1)", "argument-range"],
  ["LeakyReLU(alpha=0.1)", "unknown-argument"],
  ["ELU(none)", "argument-type"],
  ["AlphaDropout()", "missing-argument"],
  ["AlphaDropout(1.5)", "argument-range"],
  ["AlphaDropout(1)", "argument-range"],
  ["AlphaDropout(0.5, noise_shape=[none, 0])", "argument-range"],
  ["AlphaDropout(0.5, seed=0.5)", "not-an-integer"],
  ["SpatialDropout1D(-0.1)", "argument-range"],
  ["SpatialDropout1D(0.5, noise_shape=none)", "unknown-argument"],
  ["GaussianNoise(2)", "argument-range"],
  ["GaussianDropout(-1)", "argument-range"],
  ["GaussianDropout(1)", "argument-range"],
  ["ActivityRegularization(-1)", "argument-range"],
  ["ActivityRegularization(l2=-1)", "argument-range"],
  ["Identity(1)", "foreign-value"],
])("%s is refused", async (layer, code) => {
  expect(await codesOf(layer)).toEqual([code]);
});

test.each([
  "Activation(celu(-1))",
  "Activation(leaky_relu(-0.1))",
  "Activation(soft_shrink(-1))",
  "LeakyReLU(0)",
  "ELU(-1)",
  "AlphaDropout(0.9, [none, 1, 4], 7)",
  "SpatialDropout1D(0, 7)",
  "GaussianNoise(stddev=1)",
  "GaussianDropout(0.9)",
  "ActivityRegularization()",
  "Identity()",
])("%s is accepted and keeps the shape", async (layer) => {
  expect(await codesOf(`${layer} -> [3, 4]`)).toEqual([]);
});

test.each(["[4]", "[]", "[2, 3, 4]"])("SpatialDropout1D refuses %s", async (input) => {
  expect(await codesOf("SpatialDropout1D(0.5)", input)).toEqual(["spatial-dropout-rank"]);
});
