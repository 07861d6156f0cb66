import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkText } from "../check/check-text.ts";

interface KerasCase {
  readonly name: string;
  readonly raised: string | null;
}

const { cases } = JSON.parse(readFileSync(new URL("../fixtures/keras/errors.json", import.meta.url), "utf8")) as {
  readonly cases: readonly KerasCase[];
};

/** The cases of Keras that a model file can state, in Layers, with the code they get; none where Keras accepts them. */
const inLayers: Readonly<Record<string, readonly [text: string, code?: string]>> = {
  units_zero: ["input [4] Dense(0)", "argument-range"],
  units_negative: ["input [4] Dense(-3)", "argument-range"],
  units_float: ["input [4] Dense(2.5)", "not-an-integer"],
  units_none: ["input [4] Dense(none)", "argument-type"],
  units_string: ['input [4] Dense("64")', "argument-type"],
  unknown_activation: ["input [4] Dense(2, activation=reluu)", "unknown-keyword"],
  activation_not_callable: ["input [4] Dense(2, activation=3)", "argument-type"],
  unknown_kernel_initializer: ["input [4] Dense(2, kernel_initializer=nope)", "unknown-keyword"],
  unknown_regularizer: ["input [4] Dense(2, kernel_regularizer=nope)", "unknown-keyword"],
  unknown_constraint: ["input [4] Dense(2, kernel_constraint=nope)", "unknown-keyword"],
  negative_l2: ["input [4] Dense(2, kernel_regularizer=l2(-1.0))", "argument-range"],
  unknown_keyword: ["input [4] Dense(2, foo=1)", "unknown-argument"],
  name_with_slash: ['input [4] "a/b": Dense(2)', "invalid-layer-name"],
  rank1_input: ["input [] Dense(2)", "dense-needs-axis"],
  scalar_input_shape: ["input [] Dense(2)", "dense-needs-axis"],
  last_dim_mismatch_model: ["input [4] Three", "nested-input-mismatch"],
  rank_mismatch_model: ["input [2, 3] Three", "nested-input-mismatch"],
  undefined_last_dim_input: ["input [time] Dense(2)", "dense-last-axis-unknown"],
  undefined_last_dim_rank3: ["input [5, time] Dense(2)", "dense-last-axis-unknown"],
  undefined_middle_dim_is_allowed: ["input [time, 7] Dense(2) -> [time, 2]"],
  input_without_shape: ["Dense(2)", "missing-input"],
  input_negative_dim: ["input [-1] Dense(2)", "argument-range"],
  sequential_empty_build: ["", "model-without-layers"],
  sequential_only_input: ["input [3]", "model-without-layers"],
  sequential_duplicate_names: ["input [4] dense: Dense(2) dense: Dense(2)", "duplicate-layer-name"],
  sequential_two_inputs: ["input [2] input [2] Dense(2)", "duplicate-clause"],
  reshape_wrong_size: ["input [6] Reshape([4, 2])", "reshape-size"],
  reshape_bad_minus_one: ["input [6] Reshape([4, -1])", "reshape-indivisible"],
  dropout_rate_high: ["input [6] Dropout(1.5)", "argument-range"],
  dropout_rate_negative: ["input [6] Dropout(-0.1)", "argument-range"],
  relu_negative_max: ["input [6] ReLU(max_value=-1.0)", "argument-range"],
  relu_negative_slope: ["input [6] ReLU(negative_slope=-0.1)", "argument-range"],
  leaky_relu_negative: ["input [6] LeakyReLU(negative_slope=-0.1)", "argument-range"],
};

test.each(Object.entries(inLayers))("%s", async (name, [body, code]) => {
  const keras = cases.find((other) => other.name === name);
  expect(keras).toBeDefined();
  expect(code === undefined).toBe(keras?.raised === null);
  const { diagnostics, models } = await checkText(`dim time model Three { input [3] Dense(2) } model M { ${body} }`);
  expect(diagnostics.some((diagnostic) => diagnostic.code === code)).toBe(code !== undefined);
  expect(models.some((model) => model.name === "M")).toBe(code === undefined);
});
