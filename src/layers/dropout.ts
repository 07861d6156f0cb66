import { listOf, optional } from "./arguments/basic.ts";
import { integer, numberBetween, positiveInteger } from "./arguments/numbers.ts";
import type { LayerDefinition } from "./definition.ts";

/** Acts in training only: the forward function passes its input through. No weights. */
export const dropout: LayerDefinition = {
  className: "Dropout",
  parameters: [
    { name: "rate", type: numberBetween(0, 1) },
    {
      name: "noise_shape",
      // With the batch axis, as in Keras; an axis that is `none` keeps the input's.
      type: optional(listOf(optional(positiveInteger), "a list of positive integers or none")),
      default: null,
    },
    { name: "seed", type: optional(integer), default: null },
  ],
  keepsShape: true,
  build: ({ input }) => ({ kind: "built", outputShape: input, weights: [] }),
  lower: ({ input }) => input,
};
