import { optional } from "./arguments/basic.ts";
import { integer, numberBetween } from "./arguments/numbers.ts";
import type { LayerDefinition } from "./definition.ts";

/** Adds noise in training only: the forward function passes its input through. No weights. */
export const gaussianNoise: LayerDefinition = {
  className: "GaussianNoise",
  parameters: [
    { name: "stddev", type: numberBetween(0, 1) },
    { name: "seed", type: optional(integer), default: null },
  ],
  keepsShape: true,
  build: ({ input }) => ({ kind: "built", outputShape: input, weights: [] }),
  lower: ({ input }) => input,
};
