import { add, constant, mul, select, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** A softplus that is 0 up to -1 and x from 1 on, with a parabola in between. NaN stays NaN. */
export const sparsePlus = defineActivation({
  kind: "elementwise",
  name: "sparse_plus",
  doc: "A `softplus` that is exactly 0 below -1 and exactly `x` above 1.",
  parameters: [],
  formula: () => "x <= -1 ? 0 : x < 1 ? (x + 1)^2 / 4 : x",
  body: () => {
    const shifted = add(x, constant(1));
    const parabola = mul(mul(constant(0.25), shifted), shifted);
    return select(x, "le", constant(-1), constant(0), select(x, "lt", constant(1), parabola, x));
  },
});
