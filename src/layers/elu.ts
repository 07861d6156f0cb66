import { applyActivation } from "../activations/apply.ts";
import { elu as eluActivation } from "../activations/elu.ts";
import { number } from "./arguments/numbers.ts";
import type { LayerDefinition } from "./definition.ts";

/** The activation `elu` as a layer. No weights. */
export const elu: LayerDefinition = {
  className: "ELU",
  parameters: [{ name: "alpha", type: number, default: 1 }],
  keepsShape: true,
  build: ({ input }) => ({ kind: "built", outputShape: input, weights: [] }),
  lower({ config, input, graph }) {
    const args = { alpha: config["alpha"] as number };
    return applyActivation(graph, input, { kind: "activation", definition: eluActivation, args });
  },
};
