import { abs, add, constant, div, exp, mul, neg, select, sub, type Scalar } from "./scalar.ts";

/**
 * The complementary error function with a relative error below 1.2e-7 everywhere, about one unit in the last place of a
 * float32: the Chebyshev fit `t * exp(-z^2 + P(t))`, `t = 1 / (1 + z / 2)`, `z = |value|`
 * (Press et al., Numerical Recipes in C, 2nd edition, section 6.2, `erfcc`).
 */
export function erfc(value: Scalar): Scalar {
  const z = abs(value);
  const t = div(constant(1), add(constant(1), mul(constant(0.5), z)));
  const polynomial = coefficients.reduceRight(
    (sum: Scalar | undefined, coefficient) =>
      sum === undefined ? constant(coefficient) : add(constant(coefficient), mul(t, sum)),
    undefined,
  ) as Scalar;
  const tail = mul(t, exp(add(neg(mul(z, z)), polynomial)));
  return select(value, "lt", constant(0), sub(constant(2), tail), tail);
}

const coefficients = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
  0.17087277,
];
