import { constant, max, min, x } from "../ir/scalar.ts";
import type { ElementwiseActivation } from "./definition.ts";

export const hardTanh: ElementwiseActivation = {
  kind: "elementwise",
  name: "hard_tanh",
  parameters: [],
  formula: () => "clip(x, -1, 1)",
  body: () => min(max(x, constant(-1)), constant(1)),
};
