import { constant, exp, log, mul, select, sqrt, type Scalar } from "../ir/scalar.ts";

/** `base ** exponent` for a base and an exponent of at least 0, with a derivative that is finite at 0 where it has one. */
export function raised(base: Scalar, exponent: number): Scalar {
  if (exponent === 0) return constant(1);
  if (exponent === 1) return base;
  if (exponent === 2) return mul(base, base);
  const power = exponent === 0.5 ? sqrt(base) : exp(mul(constant(exponent), log(base)));
  return select(base, "le", constant(0), constant(0), power);
}
