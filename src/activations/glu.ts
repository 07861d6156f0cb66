import { axisOf, axisParameter } from "./along-axis.ts";
import { defineActivation } from "./definition.ts";

/**
 * Gated linear unit (Dauphin et al., 2017): the first half along an axis times the sigmoid of the second. The axis is
 * halved; it must be even.
 */
export const glu = defineActivation({
  kind: "tensor",
  name: "glu",
  doc: "Gated linear unit: the first half along an axis times the `sigmoid` of the second, so that half as many values are left.",
  parameters: [axisParameter],
  formula: () => "the first half of x * sigmoid(the second half)",
  halvesAxis: true,
  apply: (graph, input, args) => graph.glu(input, axisOf(args, input.shape.length)),
});
