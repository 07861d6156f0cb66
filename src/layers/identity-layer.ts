import type { Tensor } from "../ir/graph.ts";
import type { ConfigOf, LayerDefinition, ParameterSpec, TrainContext } from "./definition.ts";
import { defineLayer } from "./define-layer.ts";
import { unchangedShape } from "./unchanged-shape.ts";

/** A layer that passes its input through outside of training, where all its arguments act: by `train`. No weights. */
export function identityLayer<const Parameters extends readonly ParameterSpec[]>(
  className: string,
  doc: string,
  parameters: Parameters,
  train?: (context: TrainContext<ConfigOf<Parameters>>) => Tensor,
): LayerDefinition {
  return {
    ...defineLayer<Parameters>({
      className,
      doc,
      parameters,
      keepsShape: true,
      meaning: () => ({ kind: "identity" }),
      build: unchangedShape,
      lower: ({ input }) => input,
      ...(train === undefined ? {} : { train }),
    }),
    parameters: parameters.map((parameter) => ({ ...parameter, trainingOnly: true })),
  };
}
