import { constant, max, min, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";
import { relu } from "./relu.ts";

/** The same function as `relu(max_value=6)`. */
export const relu6 = defineActivation({
  kind: "elementwise",
  name: "relu6",
  doc: "A `relu` that is cut off at 6.",
  parameters: [],
  sameAs: () => ({
    kind: "activation",
    definition: relu,
    args: { negative_slope: 0, max_value: 6, threshold: 0 },
  }),
  formula: () => "clip(x, 0, 6)",
  body: () => min(max(x, constant(0)), constant(6)),
});
