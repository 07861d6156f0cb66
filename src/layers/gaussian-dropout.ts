import { optional } from "./arguments/basic.ts";
import { integer, numberBetween } from "./arguments/numbers.ts";
import type { LayerDefinition } from "./definition.ts";

/** Multiplies by noise in training only: the forward function passes its input through. No weights. */
export const gaussianDropout: LayerDefinition = {
  className: "GaussianDropout",
  parameters: [
    { name: "rate", type: numberBetween(0, 1) },
    { name: "seed", type: optional(integer), default: null },
  ],
  keepsShape: true,
  build: ({ input }) => ({ kind: "built", outputShape: input, weights: [] }),
  lower: ({ input }) => input,
};
