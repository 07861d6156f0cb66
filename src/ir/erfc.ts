import { polynomial, squares } from "./polynomial.ts";
import { abs, constant, div, exp, min, mul, neg, select, sub, type Scalar } from "./scalar.ts";

/**
 * The complementary error function with a relative error below 2e-12 for every result above 1e-54 (`value` up to 11), and
 * below 2e-6 in the tail beyond: `exp(-z^2) * P(z) / Q(z)`, `z = |value|`, mirrored for negative values. P and Q are a
 * minimax fit of `exp(z^2) * erfc(z)` on [0, 11]. All their coefficients are positive, so nothing cancels.
 */
export function erfc(value: Scalar): Scalar {
  // From 28 on, exp(-z^2) is 0 in float64; without the limit P and Q could overflow.
  const z = min(abs(value), constant(28));
  const powers = squares(z, 3);
  const ratio = div(polynomial(numerator, powers), polynomial(denominator, powers));
  const tail = mul(exp(neg(powers[1] as Scalar)), ratio);
  return select(value, "lt", constant(0), sub(constant(2), tail), tail);
}

const numerator = [
  1.0000000000013225, 1.6223019670031613, 1.2923921229631754, 0.6197398777569938, 0.18677388551013158,
  0.03362525719787833, 0.0028757032988255314,
];

const denominator = [
  1, 2.7506811343274875, 3.396203403880259, 2.453516759127309, 1.1282748036699763, 0.3335957014855708,
  0.05959925082014257, 0.005097050807498003,
];
