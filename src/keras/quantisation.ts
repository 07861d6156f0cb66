import { isObject, ownString, ownValue } from "../files/json.ts";
import type { KerasConfig } from "./keras-config.ts";

/** How Keras has quantised a layer, as its dtype policy says: `int8`, `int4/128` with the size of a block, `float8`. */
export function quantisationOf({ config }: KerasConfig): string | undefined {
  const dtype = ownValue(config, "dtype");
  if (typeof dtype === "string") return /^(.+)_from_/.exec(dtype)?.[1];
  const policy = isObject(dtype) ? ownValue(dtype, "config") : undefined;
  if (!isObject(policy)) return undefined;
  return ownString(policy, "mode") ?? /^(.+)_from_/.exec(ownString(policy, "name") ?? "")?.[1];
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
