import { abs, constant, div, select, type Scalar } from "../ir/scalar.ts";

/** `dividend / divisor`, and 0 where the divisor is 0. */
export function quotient(dividend: Scalar, divisor: Scalar): Scalar {
  return select(abs(divisor), "le", constant(0), constant(0), div(dividend, divisor));
}
