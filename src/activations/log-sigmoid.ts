import { abs, constant, exp, log1p, min, neg, sub, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** `log(sigmoid(x))`. The exponent is never positive, so nothing overflows; `log1p` keeps the tail at large x. */
export const logSigmoid = defineActivation({
  kind: "elementwise",
  name: "log_sigmoid",
  doc: "The logarithm of `sigmoid`.",
  parameters: [],
  formula: () => "-log(1 + exp(-x))",
  body: () => sub(min(x, constant(0)), log1p(exp(neg(abs(x))))),
  smooth: true,
});
