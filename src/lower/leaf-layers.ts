import type { ModelLayer } from "../check/model.ts";

/** The layers of a model with their paths, nested models spelt out. */
export function leafLayers(
  layers: readonly ModelLayer[],
  path: readonly string[] = [],
): readonly { readonly path: readonly string[]; readonly layer: Extract<ModelLayer, { kind: "layer" }> }[] {
  return layers.flatMap((layer) => {
    const layerPath = [...path, layer.name];
    if (layer.kind === "nested") return leafLayers(layer.model.layers, layerPath);
    return [{ path: layerPath, layer }];
  });
}
