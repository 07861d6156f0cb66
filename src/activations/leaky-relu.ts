import { constant, mul, select, x } from "../ir/scalar.ts";
import type { ElementwiseActivation } from "./definition.ts";

export const leakyRelu: ElementwiseActivation = {
  kind: "elementwise",
  name: "leaky_relu",
  parameters: [{ name: "negative_slope", type: "number", default: 0.2 }],
  formula: ({ negative_slope }) => `x < 0 ? ${negative_slope} * x : x`,
  body: ({ negative_slope }) => select(x, "lt", constant(0), mul(constant(negative_slope as number), x), x),
};
