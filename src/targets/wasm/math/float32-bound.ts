import type { Comparison } from "../../../ir/arithmetic.ts";

/**
 * The float32 number with which every float32 `x` compares as it does with a float64: `x <comparison> value` holds just
 * where `x <comparison> float32Bound(comparison, value)` does. Rounding to the nearest would move the jump of
 * `hard_shrink(0.3)` by one number.
 */
export function float32Bound(comparison: Comparison, value: number): number {
  const nearest = Math.fround(value);
  switch (comparison) {
    case "lt":
    case "ge":
      return nearest < value ? neighbour(nearest, 1) : nearest;
    case "gt":
    case "le":
      return nearest > value ? neighbour(nearest, -1) : nearest;
  }
}

/** The next float32 above (1) or below (-1). */
function neighbour(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * 2 ** -149;
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  view.setInt32(0, view.getInt32(0) + (value > 0 ? direction : -direction));
  return view.getFloat32(0);
}
