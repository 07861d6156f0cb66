import type { Model, ModelLayer } from "../../check/model.ts";

/** A model and all that it nests, each once, the outer before the nested. */
export function modelsWithin(...models: readonly Model[]): ReadonlySet<Model> {
  // A set keeps growing while it is walked. Walking uses instead would take exponential time for models used twice each.
  const found = new Set(models);
  for (const model of found) {
    for (const layer of model.layers) if (layer.kind === "nested") found.add(layer.model);
  }
  return found;
}

/** Whether a layer, or anything nested in it, has trained arrays. */
export function hasWeights(layer: ModelLayer): boolean {
  if (layer.kind === "layer") return layer.weights.length > 0;
  return [...modelsWithin(layer.model)].some((model) =>
    model.layers.some((inner) => inner.kind === "layer" && inner.weights.length > 0),
  );
}
