import type { LayerInstance } from "../check/model.ts";
import { formatShape } from "../ir/shape.ts";
import { isActivation, isWrappedLayer } from "../layers/config-values.ts";

/** `Dense [64] -> [64], relu`: class, shapes, and the arguments that a reader of the code misses most. */
export function describeLayer(layer: LayerInstance): string {
  const { type, notes } = layerTraits(layer);
  return [`${type} ${formatShape(layer.inputShape)} -> ${formatShape(layer.outputShape)}`, ...notes].join(", ");
}

/** A layer's class, `TimeDistributed(Dense)`, and the arguments that say most about it: `["relu", "no bias"]`. */
export function layerTraits(layer: LayerInstance): { readonly type: string; readonly notes: readonly string[] } {
  const { definition, config } = layer;
  const wrapped = config["layer"];
  const inside = isWrappedLayer(wrapped) ? `(${wrapped.definition.className})` : "";
  const activation = (isWrappedLayer(wrapped) ? wrapped.config : config)["activation"];
  const notes: string[] = [];
  if (isActivation(activation) && activation.definition.name !== "linear") notes.push(activation.definition.name);
  if (config["use_bias"] === false) notes.push("no bias");
  return { type: `${definition.className}${inside}`, notes };
}
