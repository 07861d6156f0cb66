import { optional } from "./arguments/basic.ts";
import { integer, numberBetween } from "./arguments/numbers.ts";
import type { LayerDefinition } from "./definition.ts";
import { noiseShape } from "./dropout.ts";

/** Dropout for `selu` networks. Acts in training only: the forward function passes its input through. No weights. */
export const alphaDropout: LayerDefinition = {
  className: "AlphaDropout",
  parameters: [
    { name: "rate", type: numberBetween(0, 1) },
    { name: "noise_shape", type: noiseShape, default: null },
    { name: "seed", type: optional(integer), default: null },
  ],
  keepsShape: true,
  build: ({ input }) => ({ kind: "built", outputShape: input, weights: [] }),
  lower: ({ input }) => input,
};
