import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { KerasObject } from "../../src/layers/definition.ts";
import { checkedModel } from "../check/check-text.ts";
import { text } from "./keras-text.ts";

interface Serialized {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../fixtures/keras/${name}.json`, import.meta.url), "utf8"));

const serialized = (name: string, ...lists: readonly string[]): readonly (readonly [string, Serialized])[] => {
  const data = read(name);
  const found = new Map<string, Serialized>();
  for (const list of lists) {
    for (const entry of data[list] as { serialized?: Serialized; config?: Serialized }[]) {
      const object = entry.serialized ?? entry.config;
      if (object?.class_name !== undefined) found.set(text(object), object);
    }
  }
  return [...found];
};

/** The object that `Dense(2, argument=expression)` keeps. */
async function kept(argument: string, expression: string): Promise<KerasObject> {
  const model = await checkedModel(`model M { input [4] Dense(2, ${argument}=${expression}) }`);
  const layer = model.layers[0];
  if (layer?.kind !== "layer") throw new Error("no layer");
  return layer.config[argument] as KerasObject;
}

describe.each([
  ["kernel_initializer", serialized("initializers", "random", "deterministic")],
  ["kernel_regularizer", serialized("regularizers", "cases")],
  ["kernel_constraint", serialized("constraints", "cases")],
] as const)("%s", (argument, objects) => {
  test.each(objects)("%s is kept as Keras serializes it", async (expression, { class_name, config }) => {
    const object = await kept(argument, expression);
    // Keras leaves the gain of Identity out of what it saves.
    const { gain: _gain, ...rest } = object.config;
    expect(object.className).toBe(class_name);
    expect(class_name === "Identity" ? rest : object.config).toEqual(config);
  });
});

const identifiers = Object.entries(read("initializers")["string_identifiers"] as Record<string, string>).filter(
  ([, className]) => className !== "Initializer" && className !== "STFT",
);

test.each(identifiers)("the initializer identifier %s means %s", async (identifier, className) => {
  expect((await kept("kernel_initializer", identifier)).className).toBe(className);
});

test.each([
  ["l1", { l1: 0.01 }],
  ["l2", { l2: 0.01 }],
  ["l1_l2", { l1: 0, l2: 0 }],
  ["L1L2(l2=0.1)", { l1: 0, l2: 0.1 }],
  ["l2(1e-4)", { l2: 1e-4 }],
  ["orthogonal_regularizer", { factor: 0.01, mode: "rows" }],
])("the regularizer %s has Keras' defaults", async (expression, config) => {
  expect((await kept("kernel_regularizer", expression)).config).toEqual(config);
});

test("arguments may come by position, in Keras' order", async () => {
  const object = await kept("kernel_initializer", "variance_scaling(2, fan_avg, normal, 7, [0], [1])");
  expect(object.config).toEqual({
    scale: 2,
    mode: "fan_avg",
    distribution: "truncated_normal",
    seed: 7,
    input_axes: [0],
    output_axes: [1],
  });
});
