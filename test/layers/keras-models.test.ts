import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findActivation } from "../../src/activations/index.ts";
import { findLayer } from "../../src/layers/index.ts";
import { checkedModel } from "../check/check-text.ts";
import { modelText, type KerasLayer } from "./keras-text.ts";

const folder = new URL("../fixtures/keras/models/", import.meta.url);

interface Case {
  readonly name: string;
  readonly total_params: number;
  readonly layers: readonly {
    readonly name: string;
    readonly output_shape: readonly (number | null)[];
    readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  }[];
  readonly keras_config: { readonly config: { readonly layers: readonly KerasLayer[] } };
}

const cases = readdirSync(folder)
  .map((name) => JSON.parse(readFileSync(new URL(`${name}/case.json`, folder), "utf8")) as Case)
  .filter(({ keras_config }) => keras_config.config.layers.every(isSupported));

function isSupported({ class_name, config }: KerasLayer): boolean {
  if (class_name === "InputLayer") return (config["batch_shape"] as unknown[]).slice(1).every((axis) => axis !== null);
  const activation = config["activation"];
  if (typeof activation === "string" && findActivation(activation) === undefined) return false;
  return findLayer(class_name) !== undefined;
}

describe("models of Keras, written as .layers files", () => {
  test("cover the layers", () => expect(cases.length).toBeGreaterThan(10));

  test.each(cases)("$name", async (keras) => {
    const layers = keras.keras_config.config.layers;
    const custom = ["custom_names", "auto_names_offset"].includes(keras.name)
      ? keras.layers.map(({ name }) => [name, name] as const)
      : [];
    const model = await checkedModel(modelText("Keras", layers, new Map(custom)));
    expect(
      model.layers.map((layer) => ({
        name: layer.name,
        output_shape: [null, ...layer.outputShape.map((size) => size.factor)],
        weights: layer.kind === "layer" ? layer.weights.map(({ name, shape }) => ({ name, shape })) : [],
      })),
    ).toEqual(
      keras.layers.map(({ name, output_shape, weights }) => ({
        name,
        // A fixed batch size is no part of a shape here.
        output_shape: [null, ...output_shape.slice(1)],
        weights: weights.map((weight) => ({ name: weight.name, shape: weight.shape })),
      })),
    );
  });
});
