import type { WeightTensor } from "../../ir/graph.ts";

/**
 * An array that a pass has computed. Float64 numbers stay so unless float32 holds every one of them: rounding them would cost
 * as much precision as the whole of Keras' float32 arithmetic.
 */
export function computedWeight(
  path: readonly string[],
  shape: readonly number[],
  values: Float32Array | Float64Array,
): WeightTensor {
  const isFloat32 = values instanceof Float32Array || !fitsFloat32(values);
  return { path, shape, values: isFloat32 ? values : Float32Array.from(values), computed: true };
}

export function fitsFloat32(values: Float64Array): boolean {
  return values.every((value) => Math.fround(value) === value);
}
