import type { Model, ModelLayer } from "../check/model.ts";
import { product } from "../ir/product.ts";
import type { Shape } from "../ir/shape.ts";
import { formatSize, isStatic } from "../ir/size.ts";
import type { WeightTensor } from "../ir/graph.ts";
import type { ConfigValue } from "../layers/definition.ts";
import type { InfoObject, InfoValue } from "../ir/info-value.ts";

/** Every trained array of a model, nested models included, in the model's order. */
export function modelWeights(model: Model, path: readonly string[] = []): readonly WeightTensor[] {
  return model.layers.flatMap((layer) => {
    const layerPath = [...path, layer.name];
    if (layer.kind === "nested") return modelWeights(layer.model, layerPath);
    return layer.weights.map(({ name, shape }) => ({ path: weightPath(layerPath, name), shape }));
  });
}

/** The path of a layer's weight; the weights of a wrapped layer have names with a slash (`dense/kernel`). */
export function weightPath(layerPath: readonly string[], name: string): readonly string[] {
  return [...layerPath, ...name.split("/")];
}

/** The number of trained values of a layer or of all layers of a model. */
export function parameterCount(layers: readonly ModelLayer[]): number {
  return layers.reduce((sum, layer) => {
    if (layer.kind === "nested") return sum + parameterCount(layer.model.layers);
    return sum + layer.weights.reduce((inner, { shape }) => inner + product(shape), 0);
  }, 0);
}

/** What the generated `<model>Info` says beside the labels: Keras' names and values throughout. */
export function modelInfo(model: Model): InfoObject {
  return object([
    ["name", model.name],
    ["inputShape", shapeInfo(model.inputShape)],
    ["outputShape", shapeInfo(model.outputShape)],
    ["parameterCount", parameterCount(model.layers)],
    ["layers", model.layers.map(layerInfo)],
  ]);
}

function layerInfo(layer: ModelLayer): InfoObject {
  const shapes = [
    ["inputShape", shapeInfo(layer.inputShape)],
    ["outputShape", shapeInfo(layer.outputShape)],
    ["parameterCount", parameterCount([layer])],
  ] as const;
  const frozen = layer.trainable ? [] : [["trainable", false] as const];
  if (layer.kind === "nested") {
    return object([
      ["name", layer.name],
      ["className", "Sequential"],
      ...shapes,
      ...frozen,
      ["layers", layer.model.layers.map(layerInfo)],
    ]);
  }
  const config = Object.entries(layer.config).map(([name, value]) => [name, configInfo(value)] as const);
  return object([
    ["name", layer.name],
    ["className", layer.definition.className],
    ...shapes,
    ["config", object([...frozen, ...config])],
  ]);
}

/** An argument as Keras' `get_config` serializes it; activations without arguments are names. */
function configInfo(value: ConfigValue): InfoValue {
  if (value === null || typeof value !== "object") return value;
  if (!("kind" in value)) return value.map(configInfo);
  switch (value.kind) {
    case "activation": {
      const args = Object.entries(value.args);
      const defaults = value.definition.parameters.every(
        (parameter) => value.args[parameter.name] === parameter.default,
      );
      if (defaults) return value.definition.name;
      return object([
        ["function", value.definition.name],
        ["config", object(args)],
      ]);
    }
    case "layer":
      return object([
        ["class_name", value.definition.className],
        [
          "config",
          object([
            ...(value.trainable === undefined ? [] : [["trainable", false] as const]),
            ...Object.entries(value.config).map(([name, item]) => [name, configInfo(item)] as const),
          ]),
        ],
      ]);
    case "initializer":
    case "regularizer":
    case "constraint":
    case "optimizer":
    case "schedule":
    case "loss":
    case "metric":
      return object([
        ["class_name", value.className],
        ["config", object(Object.entries(value.config).map(([name, item]) => [name, configInfo(item)] as const))],
      ]);
  }
}

function shapeInfo(shape: Shape): InfoValue {
  return shape.map((size) => (isStatic(size) ? size.factor : formatSize(size)));
}

function object(entries: readonly (readonly [string, InfoValue])[]): InfoObject {
  return { kind: "object", entries };
}
