import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { activation, bind, dense, fixture, type BoundModel } from "./support.ts";

const original = unzipSync(fixture("keras/activation_layers/dense_callable_activation_config/model.keras"));

/** Keras' file of two Dense layers, with another activation of the first in its configuration. */
function fileWith(config: unknown): Uint8Array {
  const parsed = JSON.parse(strFromU8(original["config.json"] as Uint8Array)) as {
    config: { layers: { class_name: string; config: Record<string, unknown> }[] };
  };
  const first = parsed.config.layers.find(({ class_name }) => class_name === "Dense");
  if (first === undefined) throw new Error("no Dense in the fixture");
  first.config["activation"] = config;
  return zipSync({ ...original, "config.json": strToU8(JSON.stringify(parsed)) });
}

async function bindActivations(ours: Parameters<typeof activation>, config: unknown): Promise<BoundModel> {
  const layers = [
    dense("dense", 3, 4, { activation: activation(...ours) }),
    dense("dense_1", 4, 2, { activation: activation("hard_tanh") }),
  ];
  return bind(layers, "m.keras", fileWith(config));
}

/** How Keras 3 and 2 serialize a function and a layer. */
const functionObject = (name: string) => ({
  module: "keras.activations",
  class_name: "function",
  config: name,
  registered_name: "function",
});
const layerObject = (className: string, config: Readonly<Record<string, unknown>>) => ({
  module: "keras.layers",
  class_name: className,
  config: { name: "inner", trainable: true, dtype: "float32", ...config },
  registered_name: null,
});

describe("an activation in a file is the one of the model", () => {
  test.each<[ours: Parameters<typeof activation>, theirs: unknown]>([
    [["linear"], null],
    [["linear"], "linear"],
    [["linear"], layerObject("Identity", {})],
    [["mish"], "mish"],
    [["hard_silu"], "hard_swish"],
    [["silu"], functionObject("swish")],
    [["gelu"], functionObject("gelu")],
    [["squareplus"], functionObject("squareplus")],
    [["leaky_relu"], "leaky_relu"],
    [["leaky_relu", { negative_slope: 0.3 }], layerObject("LeakyReLU", {})],
    [["leaky_relu", { negative_slope: 0.15 }], layerObject("LeakyReLU", { negative_slope: 0.15 })],
    [["leaky_relu", { negative_slope: 0.1 }], layerObject("LeakyReLU", { alpha: 0.10000000149011612 })],
    [["relu", { negative_slope: 0.15 }], layerObject("LeakyReLU", { negative_slope: 0.15 })],
    [["relu6"], layerObject("ReLU", { max_value: 6, negative_slope: 0, threshold: 0 })],
    [["relu", { max_value: 6 }], "relu6"],
    [["relu", { threshold: 1 }], layerObject("ThresholdedReLU", {})],
    [["relu", { threshold: 0.25 }], layerObject("ThresholdedReLU", { theta: 0.25 })],
    [["elu", { alpha: 0.5 }], layerObject("ELU", { alpha: 0.5 })],
    [["elu"], "celu"],
    [["softplus"], layerObject("Activation", { activation: "softplus" })],
    [["softplus"], layerObject("Activation", { activation: functionObject("softplus") })],
  ])("%j, found %j", async (ours, theirs) => {
    const { codes, own } = await bindActivations(ours, theirs);
    expect(codes).toEqual([]);
    expect(own?.size).toBe(4);
  });
});

describe("another activation in a file is an error", () => {
  test.each<[ours: Parameters<typeof activation>, theirs: unknown]>([
    [["linear"], "mish"],
    [["mish"], null],
    [["relu6"], "relu"],
    [["leaky_relu"], layerObject("LeakyReLU", {})],
    [["gelu", { approximate: true }], "gelu"],
    [["celu", { alpha: 2 }], "celu"],
    [["elu", { alpha: 2 }], "celu"],
    [["threshold", { threshold: 1, default_value: 0 }], "threshold"],
    [["hard_shrink", { threshold: 1 }], "hard_shrink"],
    [["soft_shrink"], "hard_shrink"],
    [["relu"], layerObject("PReLU", {})],
    [["relu"], { class_name: "__lambda__", config: { value: "4wEAAA==" } }],
    [["relu"], { class_name: "function", config: { class_name: "function", config: {} } }],
    [["relu"], 3],
    [["relu"], ["relu"]],
    [["relu"], "__proto__"],
  ])("%j, found %j", async (ours, theirs) => {
    const { codes } = await bindActivations(ours, theirs);
    expect(codes).toEqual(["weight-forward-mismatch"]);
  });
});
