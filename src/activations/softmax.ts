import { axisOf, axisParameter } from "./along-axis.ts";
import { defineActivation } from "./definition.ts";

/** `exp(x) / sum(exp(x))` along an axis. */
export const softmax = defineActivation({
  kind: "tensor",
  name: "softmax",
  doc: "Turns numbers along an axis into probabilities: positive, adding up to 1.",
  parameters: [axisParameter],
  formula: () => "exp(x) / sum(exp(x))",
  apply: (graph, input, args) => graph.softmax(input, axisOf(args, input.shape.length)),
});
