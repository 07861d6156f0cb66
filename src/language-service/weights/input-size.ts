import { isTorchLayer } from "../../weights/torch-names.ts";
import type { WeightContainer, WeightLayer } from "../../weights/weight-file.ts";

/** The last axis of the input of a model with these weights, where its first layer with weights tells it. */
export function inputSizeOf(container: WeightContainer): number | undefined {
  const first = firstLayer(container);
  if (first === undefined) return undefined;
  const { arrays } = first;
  if (arrays.some(({ name }) => name === "embeddings")) return undefined;
  const kernel = arrays.find(({ shape }) => shape.length === 2);
  if (kernel !== undefined) return kernel.shape[isTorchLayer(first) ? 1 : 0];
  // A normalisation has a number for each place of its input.
  return arrays.find(({ shape }) => shape.length === 1)?.shape[0];
}

function firstLayer(container: WeightContainer): WeightLayer | undefined {
  for (const entry of container.entries) {
    const found = entry.kind === "layer" ? (entry.arrays.length > 0 ? entry : undefined) : firstLayer(entry);
    if (found !== undefined) return found;
  }
  return undefined;
}
