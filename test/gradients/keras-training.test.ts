import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { arraysIn, trainerMaker, type Target } from "./make-trainer.ts";

const folder = new URL("../fixtures/keras/training/", import.meta.url);

interface KerasArray {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "float64";
  readonly data: readonly (number | string)[];
}

type KerasArrays = Readonly<Record<string, KerasArray>>;

/** Steps of a model that Keras trained: see the README of the fixtures. */
interface KerasRun {
  readonly optimizer: { readonly class_name: string; readonly config: Readonly<Record<string, unknown>> };
  readonly loss: { readonly class_name: string; readonly config: Readonly<Record<string, unknown>> };
  readonly x: KerasArray;
  readonly y: KerasArray;
  readonly initial_weights: KerasArrays;
  readonly float64: {
    readonly predictions_before: KerasArray;
    readonly steps: readonly { readonly loss: number; readonly weights: KerasArrays }[];
  };
}

const iris = "input [4] Dense(16, activation=relu)";
const xor = "input [2] Dense(8, activation=tanh)";

/** What each run trains. */
const layers: Readonly<Record<string, string>> = {
  batchnorm_sgd: "input [3] Dense(5) BatchNormalization() Activation(relu) Dense(2)",
  constrained_sgd: `input [3] Dense(5, activation=relu, kernel_constraint=max_norm(0.8))
    Dense(2, kernel_constraint=non_neg, bias_constraint=unit_norm)`,
  iris_cce_logits_rmsprop: `${iris} Dense(3)`,
  iris_cce_sgd: `${iris} Dense(3, activation=softmax)`,
  iris_label_smoothing: `${iris} Dense(3, activation=softmax)`,
  iris_sparse_adam: `${iris} Dense(3, activation=softmax)`,
  regularized_sgd: `input [3]
    Dense(5, activation=relu, kernel_regularizer=l2(0.05), bias_regularizer=l1(0.009999999776482582), activity_regularizer=l2(0.02))
    Dense(2)`,
  xor_bce_adam_amsgrad: `${xor} Dense(1, activation=sigmoid)`,
  xor_bce_momentum: `${xor} Dense(1, activation=sigmoid)`,
  xor_mse_nesterov: `${xor} Dense(1)`,
  xor_mse_rmsprop_centered: `${xor} Dense(1)`,
};

const names = readdirSync(folder).flatMap((file) => (file.endsWith(".json") ? [file.slice(0, -".json".length)] : []));

test("every run of the fixtures is tried", () => {
  expect(names.toSorted()).toEqual(Object.keys(layers).toSorted());
});

describe.each([
  ["typescript", 1e-6],
  ["wasm", 2e-5],
] as const)("%s trains as Keras does", (target: Target, tolerance) => {
  test.each(names)("%s", async (name) => {
    const run = JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as KerasRun;
    const make = await trainerMaker(
      `model M { ${layers[name]} compile(optimizer=${called(run.optimizer)}, loss=${called(run.loss)}) }`,
      target,
    );
    const [x, y] = [numbers(run.x), numbers(run.y)];
    const trainer = make({ weights: tree(run.initial_weights) });
    for (const { loss, weights } of run.float64.steps) {
      expect(trainer.step(x, y)).toSatisfy(isNear(loss, tolerance));
      const found = new Map(arraysIn(trainer.weights));
      for (const [path, expected] of Object.entries(weights)) {
        const values = found.get(path.replace(/^[^/]*\//, ""));
        expect(values?.length).toBe(expected.data.length);
        numbers(expected).forEach((value, at) => expect(values?.[at]).toSatisfy(isNear(value, tolerance)));
      }
    }
  });
});

function isNear(expected: number, tolerance: number): (found: number | undefined) => boolean {
  return (found) => Math.abs((found ?? NaN) - expected) <= tolerance * Math.max(1, Math.abs(expected));
}

/** Keras' classes are names of the language too. */
function called({ class_name: name, config }: KerasRun["loss"]): string {
  return `${name}(${Object.entries(config)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(", ")})`;
}

/** Float32 numbers are written in the fewest digits that round to them. */
function numbers({ dtype, data }: KerasArray): Float64Array {
  return Float64Array.from(data, dtype === "float32" ? (value) => Math.fround(Number(value)) : Number);
}

/** `sequential/dense/kernel` as `{ dense: { kernel } }`. */
function tree(arrays: KerasArrays): object {
  const root: Record<string, Record<string, Float64Array>> = {};
  for (const [path, array] of Object.entries(arrays)) {
    const [, layer = "", weight = ""] = path.split("/");
    (root[layer] ??= {})[weight] = numbers(array);
  }
  return root;
}
