import { constant, select, type Scalar } from "../ir/scalar.ts";

/** `value` between two bounds. At a bound it still has its derivative 1, which is what PyTorch's `clip` has there. */
export function held(value: Scalar, low: number, high: number): Scalar {
  const above = select(value, "gt", constant(high), constant(high), value);
  return select(value, "lt", constant(low), constant(low), above);
}
