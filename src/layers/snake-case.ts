/**
 * Keras' `to_snake_case` (keras/src/utils/naming.py), which names layers after their class: `ReLU` gives `re_lu`,
 * `LayerNormalization` gives `layer_normalization`.
 */
export function toSnakeCase(name: string): string {
  return name
    .replaceAll(/[^\p{L}\p{N}_]+/gu, "")
    .replaceAll(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
