import { tanh as hyperbolicTangent, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

export const tanh = defineActivation({
  kind: "elementwise",
  name: "tanh",
  doc: "The hyperbolic tangent: any number to one between -1 and 1.",
  parameters: [],
  formula: () => "tanh(x)",
  body: () => hyperbolicTangent(x),
});
