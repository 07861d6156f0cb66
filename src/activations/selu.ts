import { constant, expm1, mul, select, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** The constants of Klambauer et al., 2017, to the precision of a float64, as Keras has them. */
const alpha = 1.6732632423543772;
const scale = 1.0507009873554805;

/** Scaled exponential linear unit: `scale * elu(x, alpha)`. */
export const selu = defineActivation({
  kind: "elementwise",
  name: "selu",
  doc: "Scaled ELU, whose constants keep mean 0 and variance 1 from layer to layer.",
  parameters: [],
  formula: () => "1.0507 * (x > 0 ? x : 1.6733 * (exp(x) - 1))",
  body: () => select(x, "gt", constant(0), mul(constant(scale), x), mul(constant(scale * alpha), expm1(x))),
});
