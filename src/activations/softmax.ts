import { axisOf, axisParameter } from "./along-axis.ts";
import type { TensorActivation } from "./definition.ts";

/** `exp(x) / sum(exp(x))` along an axis. */
export const softmax: TensorActivation = {
  kind: "tensor",
  name: "softmax",
  parameters: [axisParameter],
  apply: (graph, input, args) => graph.softmax(input, axisOf(args, input.shape.length)),
};
