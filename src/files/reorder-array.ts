import { product } from "../ir/product.ts";

/**
 * The elements of `data` at all places of `shape`, row by row; `strides` says how far a step along each axis moves in
 * `data` (0 repeats, the strides of another order transpose). Rounded to float32.
 */
export function reorderArray(
  data: Float32Array | Float64Array,
  shape: readonly number[],
  strides: readonly number[],
): Float32Array {
  const count = product(shape);
  const result = new Float32Array(count);
  const place = shape.map(() => 0);
  let position = 0;
  for (let at = 0; at < count; at++) {
    result[at] = data[position] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place[axis] = (place[axis] as number) + 1;
      position += strides[axis] as number;
      if ((place[axis] as number) < (shape[axis] as number)) break;
      position -= (strides[axis] as number) * (shape[axis] as number);
      place[axis] = 0;
    }
  }
  return result;
}
