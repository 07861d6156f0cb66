import type { LayerDefinition } from "./definition.ts";

/** Passes its input through. No weights. */
export const identity: LayerDefinition = {
  className: "Identity",
  parameters: [],
  keepsShape: true,
  build: ({ input }) => ({ kind: "built", outputShape: input, weights: [] }),
  lower: ({ input }) => input,
};
