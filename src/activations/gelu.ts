import { erfc } from "../ir/erfc.ts";
import { add, constant, mul, neg, tanh, x } from "../ir/scalar.ts";
import type { ElementwiseActivation } from "./definition.ts";

/**
 * Gaussian error linear unit (Hendrycks & Gimpel, 2016): `x * Phi(x)` with the standard normal distribution function.
 * Exact by default: `Phi(x) = erfc(-x / sqrt(2)) / 2`, which keeps its relative precision in the left tail, where
 * `1 + erf(x / sqrt(2))` cancels.
 */
export const gelu: ElementwiseActivation = {
  kind: "elementwise",
  name: "gelu",
  parameters: [{ name: "approximate", type: "boolean", default: false }],
  formula: ({ approximate }) =>
    approximate ? "x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))" : "x / 2 * erfc(-x / sqrt(2))",
  body: ({ approximate }) => {
    const half = mul(constant(0.5), x);
    if (!approximate) return mul(half, erfc(neg(mul(x, constant(Math.SQRT1_2)))));
    const cubic = mul(mul(mul(constant(0.044715), x), x), x);
    return mul(half, add(constant(1), tanh(mul(constant(Math.sqrt(2 / Math.PI)), add(x, cubic)))));
  },
};
