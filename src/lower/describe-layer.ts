import type { LayerInstance } from "../check/model.ts";
import { formatShape } from "../ir/shape.ts";
import { isActivation, isWrappedLayer } from "../layers/config-values.ts";

/** `Dense [64] -> [64], relu`: class, shapes, and the arguments that a reader of the code misses most. */
export function describeLayer(layer: LayerInstance): string {
  const wrapped = layer.config["layer"];
  const inside = isWrappedLayer(wrapped) ? `(${wrapped.definition.className})` : "";
  const parts = [
    `${layer.definition.className}${inside} ${formatShape(layer.inputShape)} -> ${formatShape(layer.outputShape)}`,
  ];
  const activation = (isWrappedLayer(wrapped) ? wrapped.config : layer.config)["activation"];
  if (isActivation(activation) && activation.definition.name !== "linear") parts.push(activation.definition.name);
  if (layer.config["use_bias"] === false) parts.push("no bias");
  return parts.join(", ");
}
