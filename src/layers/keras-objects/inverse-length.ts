import { constant, div, max, sqrt, type Scalar } from "../../ir/scalar.ts";

/** What makes a vector with this sum of squares one of length 1; lengths are at least Keras' `epsilon()`, 1e-7. */
export function inverseLength(squares: Scalar): Scalar {
  return div(constant(1), sqrt(max(squares, constant(1e-7 ** 2))));
}
