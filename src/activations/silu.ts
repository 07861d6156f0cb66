import { add, constant, div, exp, neg, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** Sigmoid-weighted linear unit, also called swish: `x * sigmoid(x)`. NaN at minus infinity, as in Keras. */
export const silu = defineActivation({
  kind: "elementwise",
  name: "silu",
  aliases: ["swish"],
  doc: "Sigmoid linear unit, also called swish: `x` weighed by its own `sigmoid`.",
  parameters: [],
  formula: () => "x / (1 + exp(-x))",
  body: () => div(x, add(constant(1), exp(neg(x)))),
});
