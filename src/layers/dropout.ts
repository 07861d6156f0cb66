import { listOf, optional } from "./arguments/basic.ts";
import { integer, numberBetween, positiveInteger } from "./arguments/numbers.ts";
import type { ArgumentType } from "./arguments/parameter.ts";
import type { LayerDefinition } from "./definition.ts";

/** The shape of a dropout mask, with the batch axis as in Keras; an axis that is `none` keeps the input's. */
const noiseShape: ArgumentType = optional(listOf(optional(positiveInteger), "a list of positive integers or none"));

/** Acts in training only: the forward function passes its input through. No weights. */
export const dropout: LayerDefinition = {
  className: "Dropout",
  parameters: [
    { name: "rate", type: numberBetween(0, 1) },
    { name: "noise_shape", type: noiseShape, default: null },
    { name: "seed", type: optional(integer), default: null },
  ],
  keepsShape: true,
  build: ({ input }) => ({ kind: "built", outputShape: input, weights: [] }),
  lower: ({ input }) => input,
};
