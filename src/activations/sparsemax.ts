import { axisOf, axisParameter } from "./along-axis.ts";
import { defineActivation } from "./definition.ts";

/** Sparsemax along an axis, with Keras' threshold; its outputs need not add up to 1 (see `ops/sparsemax.ts`). */
export const sparsemax = defineActivation({
  kind: "tensor",
  name: "sparsemax",
  doc: "Like `softmax`, but small values become exactly zero.",
  parameters: [axisParameter],
  formula: () => "max(x - tau, 0)",
  apply: (graph, input, args) => graph.sparsemax(input, axisOf(args, input.shape.length)),
});
