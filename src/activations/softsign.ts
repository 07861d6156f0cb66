import { abs, add, constant, div, x } from "../ir/scalar.ts";
import type { ElementwiseActivation } from "./definition.ts";

/** `x / (1 + |x|)`. NaN at both infinities, as in Keras. */
export const softsign: ElementwiseActivation = {
  kind: "elementwise",
  name: "softsign",
  parameters: [],
  formula: () => "x / (1 + |x|)",
  body: () => div(x, add(constant(1), abs(x))),
};
