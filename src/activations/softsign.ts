import { abs, add, constant, div, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** `x / (1 + |x|)`. NaN at both infinities, as in Keras. */
export const softsign = defineActivation({
  kind: "elementwise",
  name: "softsign",
  doc: "Like `tanh`, but levels off slowly.",
  parameters: [],
  formula: () => "x / (1 + |x|)",
  body: () => div(x, add(constant(1), abs(x))),
});
