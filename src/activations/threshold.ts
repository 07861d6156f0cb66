import { constant, select, x } from "../ir/scalar.ts";
import type { ElementwiseActivation } from "./definition.ts";

/**
 * `default_value` where `x` is not above `threshold`. NaN stays NaN, as in Keras on PyTorch. Both arguments must be given:
 * Keras takes the bare name and fails when it calls the function.
 */
export const threshold: ElementwiseActivation = {
  kind: "elementwise",
  name: "threshold",
  parameters: [
    { name: "threshold", type: "number" },
    { name: "default_value", type: "number" },
  ],
  formula: (args) => `x > ${args["threshold"]} ? x : ${args["default_value"]}`,
  body: (args) => select(x, "le", constant(args["threshold"] as number), constant(args["default_value"] as number), x),
};
