import { abs, add, constant, div, max, mul, sqrt, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/**
 * `(x + sqrt(x^2 + b)) / 2` (Barron, 2021). Below zero the sum cancels, so it is written
 * `(x/2 + |x/2|) + b / (|x| + sqrt(x^2 + b)) / 2`: the first part is 0 there, and x above zero, also where the square
 * overflows. At minus infinity it is NaN, as the sum is in Keras.
 */
export const squareplus = defineActivation({
  kind: "elementwise",
  name: "squareplus",
  doc: "A smooth `relu` made of a square root.",
  parameters: [
    { name: "b", type: "number", default: 4, minimum: 0, doc: "How smooth the bend at zero is; with 0 it is `relu`." },
  ],
  formula: ({ b }) => `(x + sqrt(x^2 + ${b})) / 2`,
  body({ b }) {
    const half = mul(constant(0.5), x);
    const positive = add(half, abs(half));
    // The quotient would be 0 / 0 at zero.
    if (b === 0) return positive;
    const divisor = add(abs(x), sqrt(add(mul(x, x), constant(b))));
    // Nor may it be that where `b` is 0 as a float32; so small a divisor matters for no float32 result.
    const safe = Math.fround(b) === 0 ? max(divisor, constant(2 ** -149)) : divisor;
    return add(positive, mul(constant(0.5), div(constant(b), safe)));
  },
});
