import { constant, max, min, x } from "../ir/scalar.ts";
import type { ElementwiseActivation } from "./definition.ts";

/** The same function as `relu(max_value=6)`. */
export const relu6: ElementwiseActivation = {
  kind: "elementwise",
  name: "relu6",
  parameters: [],
  formula: () => "clip(x, 0, 6)",
  body: () => min(max(x, constant(0)), constant(6)),
};
