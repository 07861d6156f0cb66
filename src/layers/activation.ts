import { applyActivation } from "../activations/apply.ts";
import type { Activation } from "../activations/definition.ts";
import { activationProblem } from "./activation-problem.ts";
import { activation as activationType } from "./arguments/activation.ts";
import type { LayerDefinition } from "./definition.ts";
import { warnOfActivation } from "./softmax-of-one.ts";

/** An activation as a layer of its own: the shape stays. No weights. */
export const activation: LayerDefinition = {
  className: "Activation",
  parameters: [{ name: "activation", type: activationType }],
  keepsShape: true,
  build({ config, input, site }) {
    const problem = activationProblem(config["activation"] as Activation, input, site);
    if (problem !== undefined) return { kind: "rejected", diagnostic: problem };
    const warnings = warnOfActivation(config["activation"] as Activation, input, site);
    return { kind: "built", outputShape: input, weights: [], warnings };
  },
  lower: ({ config, input, graph }) => applyActivation(graph, input, config["activation"] as Activation),
};
