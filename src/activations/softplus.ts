import { abs, add, constant, exp, log1p, max, neg, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** `log(1 + exp(x))`. The exponent is never positive, so nothing overflows; `log1p` keeps the left tail. */
export const softplus = defineActivation({
  kind: "elementwise",
  name: "softplus",
  doc: "A smooth `relu`.",
  parameters: [],
  formula: () => "log(1 + exp(x))",
  body: () => add(max(x, constant(0)), log1p(exp(neg(abs(x))))),
  smooth: true,
});
