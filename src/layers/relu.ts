import { applyActivation } from "../activations/apply.ts";
import { relu as reluActivation } from "../activations/relu.ts";
import { optional } from "./arguments/basic.ts";
import { nonNegativeNumber } from "./arguments/numbers.ts";
import type { LayerDefinition } from "./definition.ts";

/** The activation `relu` as a layer, with its own order of arguments and none of them negative. No weights. */
export const relu: LayerDefinition = {
  className: "ReLU",
  parameters: [
    { name: "max_value", type: optional(nonNegativeNumber), default: null },
    { name: "negative_slope", type: nonNegativeNumber, default: 0 },
    { name: "threshold", type: nonNegativeNumber, default: 0 },
  ],
  keepsShape: true,
  build: ({ input }) => ({ kind: "built", outputShape: input, weights: [] }),
  lower({ config, input, graph }) {
    const args = {
      negative_slope: config["negative_slope"] as number,
      max_value: config["max_value"] as number | null,
      threshold: config["threshold"] as number,
    };
    return applyActivation(graph, input, { kind: "activation", definition: reluActivation, args });
  },
};
