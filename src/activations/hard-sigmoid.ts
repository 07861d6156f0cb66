import { add, constant, div, max, min, x, type Scalar } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** `clip(x + 3, 0, 6) / 6`: exact up to the division, where `x / 6 + 0.5` would cancel near -3. */
export const hardSigmoidBody: Scalar = div(min(max(add(x, constant(3)), constant(0)), constant(6)), constant(6));

/** Piecewise linear sigmoid with slope 1/6, as in Keras 3; Keras 2 had the slope 0.2. */
export const hardSigmoid = defineActivation({
  kind: "elementwise",
  name: "hard_sigmoid",
  parameters: [],
  formula: () => "clip(x + 3, 0, 6) / 6",
  body: () => hardSigmoidBody,
});
