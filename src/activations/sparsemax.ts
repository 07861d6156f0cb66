import { axisOf, axisParameter } from "./along-axis.ts";
import { defineActivation } from "./definition.ts";

/** Sparsemax along an axis, with Keras' threshold; its outputs need not add up to 1 (see `ops/sparsemax.ts`). */
export const sparsemax = defineActivation({
  kind: "tensor",
  name: "sparsemax",
  parameters: [axisParameter],
  apply: (graph, input, args) => graph.sparsemax(input, axisOf(args, input.shape.length)),
});
