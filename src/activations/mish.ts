import { add, constant, div, exp, min, mul, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/**
 * `x * tanh(softplus(x))` (Misra, 2019). With `e = exp(x)` the tanh is `n / (n + 2)`, `n = e * (e + 2)`: one exponential,
 * and nothing cancels. From x = 20 on it is 1 to the last bit of a float64; the limit keeps `e` from overflowing. NaN at
 * minus infinity, as in Keras.
 */
export const mish = defineActivation({
  kind: "elementwise",
  name: "mish",
  doc: "Self-gated: `x` times the `tanh` of its `softplus`.",
  parameters: [],
  formula: () => "x * tanh(log(1 + exp(x)))",
  body: () => {
    const e = exp(min(x, constant(20)));
    const n = mul(e, add(e, constant(2)));
    return mul(x, div(n, add(n, constant(2))));
  },
});
