import { applyActivation } from "../activations/apply.ts";
import { leakyRelu as leakyReluActivation } from "../activations/leaky-relu.ts";
import { nonNegativeNumber } from "./arguments/numbers.ts";
import type { LayerDefinition } from "./definition.ts";

/** The activation `leaky_relu` as a layer, with a default slope of its own and no negative one. No weights. */
export const leakyRelu: LayerDefinition = {
  className: "LeakyReLU",
  parameters: [{ name: "negative_slope", type: nonNegativeNumber, default: 0.3 }],
  keepsShape: true,
  build: ({ input }) => ({ kind: "built", outputShape: input, weights: [] }),
  lower({ config, input, graph }) {
    const args = { negative_slope: config["negative_slope"] as number };
    return applyActivation(graph, input, { kind: "activation", definition: leakyReluActivation, args });
  },
};
