import type { Model, ModelLayer } from "../check/model.ts";

/** The model up to and with one layer, so that its output is that layer's. `path` leads into nested models. */
export function cutModel(model: Model, path: readonly string[]): Model {
  const [name, ...inner] = path;
  const position = model.layers.findIndex((layer) => layer.name === name);
  const last = model.layers[position];
  if (last === undefined) throw new Error(`${model.name} has no layer '${name}'`);
  const cut = inner.length === 0 ? last : cutNested(last, inner);
  const { labels: _, ...rest } = model;
  return { ...rest, layers: [...model.layers.slice(0, position), cut], outputShape: cut.outputShape };
}

function cutNested(layer: ModelLayer, path: readonly string[]): ModelLayer {
  if (layer.kind !== "nested") throw new Error(`'${layer.name}' has no layers`);
  const model = cutModel(layer.model, path);
  return { ...layer, model, outputShape: model.outputShape };
}
