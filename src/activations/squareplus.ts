import { add, constant, div, mul, select, sqrt, sub, x } from "../ir/scalar.ts";
import type { ElementwiseActivation } from "./definition.ts";

/**
 * `(x + sqrt(x^2 + b)) / 2` (Barron, 2021). Below zero the sum cancels; the same value is `b / (2 * (r - x))`,
 * `r = sqrt(x^2 + b)`. It is written with `x / r`, which is NaN at minus infinity as the sum is in Keras.
 */
export const squareplus: ElementwiseActivation = {
  kind: "elementwise",
  name: "squareplus",
  parameters: [{ name: "b", type: "number", default: 4, minimum: 0 }],
  formula: ({ b }) => `(x + sqrt(x^2 + ${b})) / 2`,
  body(args) {
    const b = args["b"] as number;
    const root = sqrt(add(mul(x, x), constant(b)));
    const above = mul(constant(0.5), add(x, root));
    const below = div(constant(b / 2), mul(root, sub(constant(1), div(x, root))));
    return select(x, "lt", constant(0), below, above);
  },
};
