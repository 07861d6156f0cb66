import type { WeightSpec } from "../layers/definition.ts";
import type { ModelLayer } from "./model.ts";

/**
 * Whether training changes a weight: it is one that can be trained, and nothing freezes it. `layers` are the layer that has it
 * and the nested models around that, in any order.
 */
export function isTrained({ trainable }: WeightSpec, layers: readonly Pick<ModelLayer, "trainable">[]): boolean {
  return trainable && layers.every((layer) => layer.trainable);
}
