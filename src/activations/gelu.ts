import { erfc } from "../ir/erfc.ts";
import { add, constant, div, exp, mul, neg, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/**
 * Gaussian error linear unit (Hendrycks & Gimpel, 2016): `x * Phi(x)` with the standard normal distribution function.
 * Exact by default: `Phi(x) = erfc(-x / sqrt(2)) / 2`, which keeps its relative precision in the left tail, where
 * `1 + erf(x / sqrt(2))` cancels. For the same reason the approximation, `x / 2 * (1 + tanh(u))` in Keras, is written
 * `x / (1 + exp(-2u))`. NaN at minus infinity, as in Keras.
 */
export const gelu = defineActivation({
  kind: "elementwise",
  name: "gelu",
  doc: "Gaussian error linear unit: weighs each value by the share of a normal distribution that lies below it.",
  parameters: [
    {
      name: "approximate",
      type: "boolean",
      default: false,
      doc: "Whether to compute an approximation by `tanh` in place of the exact function.",
    },
  ],
  formula: ({ approximate }) =>
    approximate ? "x / (1 + exp(-2 * sqrt(2 / pi) * (x + 0.044715 * x^3)))" : "x / 2 * erfc(-x / sqrt(2))",
  body: ({ approximate }) => {
    if (!approximate) return mul(mul(constant(0.5), x), erfc(neg(mul(x, constant(Math.SQRT1_2)))));
    const slope = -2 * Math.sqrt(2 / Math.PI);
    const twice = mul(x, add(constant(slope), mul(constant(slope * 0.044715), mul(x, x))));
    return div(x, add(constant(1), exp(twice)));
  },
  float32Operator: ({ approximate }) => (approximate ? undefined : "gelu"),
});
