import { nonNegativeNumber } from "./arguments/numbers.ts";
import type { LayerDefinition } from "./definition.ts";

/** Adds a penalty on its input to the loss in training; the forward function passes the input through. No weights. */
export const activityRegularization: LayerDefinition = {
  className: "ActivityRegularization",
  parameters: [
    { name: "l1", type: nonNegativeNumber, default: 0 },
    { name: "l2", type: nonNegativeNumber, default: 0 },
  ],
  keepsShape: true,
  build: ({ input }) => ({ kind: "built", outputShape: input, weights: [] }),
  lower: ({ input }) => input,
};
