import { tanh as hyperbolicTangent, x } from "../ir/scalar.ts";
import type { ElementwiseActivation } from "./definition.ts";

export const tanh: ElementwiseActivation = {
  kind: "elementwise",
  name: "tanh",
  parameters: [],
  formula: () => "tanh(x)",
  body: () => hyperbolicTangent(x),
};
