import { isObject, ownString, ownValue, type JsonValue } from "../files/json.ts";
import { isInput, type KerasConfig } from "../keras/keras-config.ts";
import { shorten } from "../files/shorten.ts";

/** The dtype policies of a model's layers other than float32, each once: `float64`, `mixed_float16`. */
export function foreignDtypes(model: KerasConfig): readonly string[] {
  const found = new Set<string>();
  const visit = (layer: KerasConfig): void => {
    // An input of integers says nothing of the arithmetic.
    const dtype = isInput(layer) ? undefined : dtypeName(ownValue(layer.config, "dtype"));
    if (dtype !== undefined && dtype !== "float32") found.add(shorten(dtype, 40));
    for (const inner of layer.layers ?? []) visit(inner);
  };
  visit(model);
  return [...found];
}

/** `"float64"`, or the name of a serialized policy. */
function dtypeName(json: JsonValue | undefined): string | undefined {
  if (typeof json === "string") return json;
  const config = isObject(json) ? ownValue(json, "config") : undefined;
  return isObject(config) ? ownString(config, "name") : undefined;
}
