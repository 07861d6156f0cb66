import { add, constant, div, exp, neg, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** The logistic function. `exp(-x)` overflows to infinity for very negative x, which gives the right limit 0. */
export const sigmoid = defineActivation({
  kind: "elementwise",
  name: "sigmoid",
  doc: "The logistic function: any number to one between 0 and 1.",
  parameters: [],
  formula: () => "1 / (1 + exp(-x))",
  body: () => div(constant(1), add(constant(1), exp(neg(x)))),
});
