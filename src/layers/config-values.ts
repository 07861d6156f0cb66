import type { Activation } from "../activations/definition.ts";
import type { ConfigValue, WrappedLayer } from "./definition.ts";

/** Whether an argument is a layer: that of TimeDistributed. */
export function isWrappedLayer(value: ConfigValue | undefined): value is WrappedLayer {
  return kindOf(value) === "layer";
}

/** Whether an argument is an activation. */
export function isActivation(value: ConfigValue | undefined): value is Activation {
  return kindOf(value) === "activation";
}

/** The kind of an argument that is neither a number, a word nor a list. */
function kindOf(value: ConfigValue | undefined): string | undefined {
  return typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
}
