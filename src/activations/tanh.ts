import { tanh as hyperbolicTangent, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

export const tanh = defineActivation({
  kind: "elementwise",
  name: "tanh",
  parameters: [],
  formula: () => "tanh(x)",
  body: () => hyperbolicTangent(x),
});
