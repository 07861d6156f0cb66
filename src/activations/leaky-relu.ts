import { constant, mul, select, x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";
import { relu } from "./relu.ts";

export const leakyRelu = defineActivation({
  kind: "elementwise",
  name: "leaky_relu",
  doc: "A `relu` that lets a part of negative values through.",
  parameters: [
    { name: "negative_slope", type: "number", default: 0.2, doc: "What negative values are multiplied by." },
  ],
  sameAs: ({ negative_slope }) => ({
    kind: "activation",
    definition: relu,
    args: { negative_slope, max_value: null, threshold: 0 },
  }),
  formula: ({ negative_slope }) => `x < 0 ? ${negative_slope} * x : x`,
  body: ({ negative_slope }) => select(x, "lt", constant(0), mul(constant(negative_slope), x), x),
});
