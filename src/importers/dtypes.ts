import { dtypePolicyOf } from "../keras/dtype-policy.ts";
import { isInput, type KerasConfig } from "../keras/keras-config.ts";
import { hasInt4Kernel, quantisationOf } from "../keras/quantisation.ts";
import { shorten } from "../files/shorten.ts";

/** The dtype policies of a model's layers other than float32, each once: `float64`, `mixed_float16`. */
export function foreignDtypes(model: KerasConfig): readonly string[] {
  const found = new Set<string>();
  for (const dtype of layerDtypes(model)) {
    // Integers are the inputs of an Embedding, or of what stands in front of one; weights are floats.
    if (dtype !== "float32" && !/^u?int\d+$/.test(dtype)) found.add(shorten(dtype, 40));
  }
  return [...found];
}

/** The first layer that Keras has quantised so that it computes otherwise than with floats, and how: `int8`, `float8`. */
export function quantisedLayer(model: KerasConfig): { readonly name: string; readonly mode: string } | undefined {
  const mode = hasInt4Kernel(model) ? undefined : quantisationOf(model);
  if (mode !== undefined) return { name: shorten(model.name, 60), mode: shorten(mode.replace(/\/.*/, ""), 20) };
  for (const layer of model.layers ?? []) {
    const found = quantisedLayer(layer);
    if (found !== undefined) return found;
  }
  return undefined;
}

function layerDtypes(model: KerasConfig): readonly string[] {
  // An input of integers says nothing of the arithmetic.
  const policy = isInput(model) ? undefined : dtypePolicyOf(model);
  const dtype = hasInt4Kernel(model) ? policy?.source : policy?.name;
  return [...(dtype === undefined ? [] : [dtype]), ...(model.layers ?? []).flatMap(layerDtypes)];
}
