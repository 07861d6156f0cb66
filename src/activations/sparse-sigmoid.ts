import { add, constant, max, min, mul, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** Piecewise linear sigmoid with slope 1/2, the derivative of `sparse_plus`. */
export const sparseSigmoid = defineActivation({
  kind: "elementwise",
  name: "sparse_sigmoid",
  doc: "A sigmoid made of a straight line that is cut off at 0 and 1.",
  parameters: [],
  formula: () => "clip((x + 1) / 2, 0, 1)",
  body: () => min(max(mul(constant(0.5), add(x, constant(1))), constant(0)), constant(1)),
});
