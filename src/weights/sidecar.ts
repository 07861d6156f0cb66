import type { Model } from "../check/model.ts";

/** The name of the safetensors file beside a module that holds a model's weights: `digits.weights.safetensors`. */
export function sidecarName(model: Pick<Model, "exportName">): string {
  return `${model.exportName}.weights.safetensors`;
}
