import { axisOf, axisParameter } from "./along-axis.ts";
import { defineActivation } from "./definition.ts";

/** `exp(x) / sum(exp(x))` along an axis. */
export const softmax = defineActivation({
  kind: "tensor",
  name: "softmax",
  parameters: [axisParameter],
  apply: (graph, input, args) => graph.softmax(input, axisOf(args, input.shape.length)),
});
