import { applyActivation } from "../activations/apply.ts";
import { activatedShape } from "./activated-shape.ts";
import { activation as activationType } from "./arguments/activation.ts";
import { defineLayer } from "./define-layer.ts";
import { warnOfActivation } from "./softmax-of-one.ts";

/** An activation as a layer of its own: the shape stays, but that glu halves an axis. No weights. */
export const activation = defineLayer({
  className: "Activation",
  doc: "Applies an activation function.",
  parameters: [{ name: "activation", type: activationType, doc: "The function to apply, such as `relu`." }],
  // All but glu do; an argument that is wrong is taken for one of the others.
  keepsShape: true,
  meaning: (config) => ({ kind: "activation", activation: config.activation }),
  build({ config, input, site }) {
    const activated = activatedShape(config.activation, input, site);
    if (activated.kind === "rejected") return activated;
    const warnings = warnOfActivation(config.activation, input, site);
    return { kind: "built", outputShape: activated.shape, weights: [], warnings };
  },
  lower: ({ config, input, graph }) => applyActivation(graph, input, config.activation),
});
