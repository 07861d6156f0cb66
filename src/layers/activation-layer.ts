import { applyActivation } from "../activations/apply.ts";
import type { Activation } from "../activations/definition.ts";
import { defineLayer } from "./define-layer.ts";
import type { ConfigOf, LayerDefinition, ParameterSpec } from "./definition.ts";
import { unchangedShape } from "./unchanged-shape.ts";

/** A layer that is an activation which keeps the shape, with arguments of its own. No weights. */
export function activationLayer<const Parameters extends readonly ParameterSpec[]>(
  className: string,
  doc: string,
  parameters: Parameters,
  activation: (config: ConfigOf<Parameters>) => Activation,
): LayerDefinition {
  return defineLayer<Parameters>({
    className,
    doc,
    parameters,
    keepsShape: true,
    meaning: (config) => ({ kind: "activation", activation: activation(config) }),
    build: unchangedShape,
    lower: ({ config, input, graph }) => applyActivation(graph, input, activation(config)),
  });
}
