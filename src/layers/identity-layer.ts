import type { LayerDefinition, ParameterSpec } from "./definition.ts";
import { unchangedShape } from "./unchanged-shape.ts";

/** A layer that passes its input through outside of training, where all its arguments act. No weights. */
export function identityLayer(className: string, doc: string, parameters: readonly ParameterSpec[]): LayerDefinition {
  return {
    className,
    doc,
    parameters: parameters.map((parameter) => ({ ...parameter, trainingOnly: true })),
    keepsShape: true,
    meaning: () => ({ kind: "identity" }),
    build: unchangedShape,
    lower: ({ input }) => input,
  };
}
