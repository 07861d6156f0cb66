import { isObject, ownString, ownValue, type JsonValue } from "../files/json.ts";
import { isInput, type KerasConfig } from "../keras/keras-config.ts";
import { shorten } from "../files/shorten.ts";

/** The dtype policies of a model's layers other than float32, each once: `float64`, `mixed_float16`. */
export function foreignDtypes(model: KerasConfig): readonly string[] {
  const found = new Set<string>();
  for (const { dtype } of layerDtypes(model)) {
    // Integers are the inputs of an Embedding, or of what stands in front of one; weights are floats.
    if (dtype !== "float32" && !/^u?int\d+$/.test(dtype)) found.add(shorten(dtype, 40));
  }
  return [...found];
}

/** The first layer that Keras has quantised, and how: `int8`, `int4`, `float8`. */
export function quantisedLayer(model: KerasConfig): { readonly name: string; readonly mode: string } | undefined {
  for (const { layer, dtype } of layerDtypes(model)) {
    const mode = /^(.+)_from_/.exec(dtype)?.[1];
    if (mode !== undefined) return { name: shorten(layer.name, 60), mode: shorten(mode.replace(/\/.*/, ""), 20) };
  }
  return undefined;
}

function layerDtypes(model: KerasConfig): readonly { readonly layer: KerasConfig; readonly dtype: string }[] {
  // An input of integers says nothing of the arithmetic.
  const dtype = isInput(model) ? undefined : dtypeName(ownValue(model.config, "dtype"));
  const own = dtype === undefined ? [] : [{ layer: model, dtype }];
  return [...own, ...(model.layers ?? []).flatMap(layerDtypes)];
}

/** `"float64"`, or the name of a serialized policy; a quantised one is `int8_from_float32`, whether it is named or not. */
function dtypeName(json: JsonValue | undefined): string | undefined {
  if (typeof json === "string") return json;
  const config = isObject(json) ? ownValue(json, "config") : undefined;
  if (!isObject(config)) return undefined;
  const mode = ownString(config, "mode");
  return mode === undefined
    ? ownString(config, "name")
    : `${mode}_from_${ownString(config, "source_name") ?? "float32"}`;
}
