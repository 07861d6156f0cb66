import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findActivation } from "../../src/activations/index.ts";
import { findLayer } from "../../src/layers/index.ts";
import { modelText, type KerasLayer } from "../layers/keras-text.ts";
import { verifyText } from "./harness.ts";

interface Case {
  readonly name: string;
  readonly files: { readonly keras?: string; readonly weights_h5?: string };
  readonly layers: readonly { readonly name: string; readonly sample0_output?: unknown }[];
  readonly keras_config: { readonly config: { readonly layers: readonly KerasLayer[] } };
}

const root = new URL("../fixtures/keras/", import.meta.url);
const cases = ["models", "activation_layers"].flatMap((group) =>
  readdirSync(new URL(`${group}/`, root)).map((name) => {
    const folder = new URL(`${group}/${name}/`, root);
    return { folder, content: JSON.parse(readFileSync(new URL("case.json", folder), "utf8")) as Case };
  }),
);

/** Models that `modelText` can write: no nested ones, no objects as activations. */
function isPlain({ class_name, config }: KerasLayer): boolean {
  if (class_name === "InputLayer") return (config["batch_shape"] as unknown[]).slice(1).every((axis) => axis !== null);
  const activation = config["activation"];
  if (typeof activation === "string" ? findActivation(activation) === undefined : activation instanceof Object)
    return false;
  return findLayer(class_name) !== undefined;
}

const plain = cases.filter(({ content }) => content.keras_config.config.layers.every(isPlain) && content.files.keras);

describe("verify passes for Keras' models, each layer with it", () => {
  test("of many kinds", () => expect(plain.length).toBeGreaterThan(15));

  test.each(plain.map((item) => [item.content.name, item] as const))("%s", async (_, { folder, content }) => {
    const { layers } = content.keras_config.config;
    const custom = content.name === "custom_names" ? content.layers.map(({ name }) => [name, name] as const) : [];
    const text = modelText("Keras", layers, new Map(custom)).replace("{", '{\n  weights "./model.keras"');
    const files = { "model.keras": new Uint8Array(readFileSync(new URL("model.keras", folder))) };
    const bytes = new Uint8Array(readFileSync(new URL("case.json", folder)));
    const target = plain.findIndex((item) => item.folder === folder) % 3 === 0 ? "wasm" : "typescript";
    const { diagnostics, models } = await verifyText(text, bytes, files, { target });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(models[0]).toMatchObject({ passed: true });
    expect(models[0]?.layers.length).toBe(content.layers.filter((layer) => layer.sample0_output).length);
  });
});
