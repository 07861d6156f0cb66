import { applyActivation } from "../activations/apply.ts";
import type { Activation } from "../activations/definition.ts";
import { activatedShape } from "./activated-shape.ts";
import { activation as activationType } from "./arguments/activation.ts";
import type { LayerDefinition } from "./definition.ts";
import { warnOfActivation } from "./softmax-of-one.ts";

/** An activation as a layer of its own: the shape stays, but that glu halves an axis. No weights. */
export const activation: LayerDefinition = {
  className: "Activation",
  parameters: [{ name: "activation", type: activationType }],
  // All but glu do; an argument that is wrong is taken for one of the others.
  keepsShape: true,
  build({ config, input, site }) {
    const activation = config["activation"] as Activation;
    const outputShape = activatedShape(activation, input, site);
    if ("code" in outputShape) return { kind: "rejected", diagnostic: outputShape };
    return { kind: "built", outputShape, weights: [], warnings: warnOfActivation(activation, input, site) };
  },
  lower: ({ config, input, graph }) => applyActivation(graph, input, config["activation"] as Activation),
};
