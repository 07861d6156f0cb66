import { constant, max, min, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

export const hardTanh = defineActivation({
  kind: "elementwise",
  name: "hard_tanh",
  doc: "Cuts values off at -1 and 1.",
  parameters: [],
  formula: () => "clip(x, -1, 1)",
  body: () => min(max(x, constant(-1)), constant(1)),
});
