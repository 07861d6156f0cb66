import { exp, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** `exp(x)`; infinity where that is beyond float32, from x = 88.73 on. */
export const exponential = defineActivation({
  kind: "elementwise",
  name: "exponential",
  doc: "The exponential function.",
  parameters: [],
  formula: () => "exp(x)",
  body: () => exp(x),
});
