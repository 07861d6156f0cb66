import { isObject, ownValue } from "../files/json.ts";
import { dtypePolicyOf } from "./dtype-policy.ts";
import type { KerasConfig } from "./keras-config.ts";

/** How Keras has quantised a layer, as its dtype policy says: `int8`, `int4/128` with the size of a block, `float8`. */
export function quantisationOf(layer: KerasConfig): string | undefined {
  return dtypePolicyOf(layer)?.mode;
}

/**
 * Whether a layer has a kernel of 4 bits and inputs as they are: what it computes is that of floats, so that it is read as a
 * layer of these. Where Keras was told to quantise the inputs as well, it is not.
 */
export function hasInt4Kernel(layer: KerasConfig): boolean {
  if (layer.className !== "Dense" || !/^int4(?:\/|$)/.test(quantisationOf(layer) ?? "")) return false;
  const given = ownValue(layer.config, "quantization_config");
  const own = isObject(given) ? ownValue(given, "config") : undefined;
  return !isObject(own) || (ownValue(own, "activation_quantizer") ?? null) === null;
}
