import { axisOf } from "../activations/along-axis.ts";
import type { Activation } from "../activations/definition.ts";
import type { Model } from "../check/model.ts";
import { isActivation } from "../layers/config-values.ts";
import type { LayerConfig, LayerDefinition } from "../layers/definition.ts";
import { leafLayers } from "./leaf-layers.ts";

/**
 * What the numbers along the last axis of a model's output are, by the activation that it ends in: probabilities that add
 * up to 1 (softmax), their logarithms, probabilities one by one (sigmoid), or whatever else the model computes.
 */
export type ScoreMeaning = "shares" | "log-shares" | "probabilities" | "outputs";

/** What the outputs that the labels of a model name are. */
export function scoreMeaning({ layers }: Model): ScoreMeaning {
  const last = leafLayers(layers)
    .toReversed()
    .map(({ layer }) => activationOf(layer.definition, layer.config, layer.outputShape.length))
    .find((found) => found !== "none");
  if (last === undefined || last === "unknown") return "outputs";
  const { definition, args } = last.activation;
  const isAlongLast = (): boolean => axisOf(args, last.rank) === last.rank - 1;
  if (definition.name === "sigmoid") return "probabilities";
  if (definition.name === "softmax" && isAlongLast()) return "shares";
  return definition.name === "log_softmax" && isAlongLast() ? "log-shares" : "outputs";
}

/** The activation that gives a layer's output, of that rank; `none` of a layer that passes its input through. */
function activationOf(
  definition: LayerDefinition,
  config: LayerConfig,
  rank: number,
): { readonly activation: Activation; readonly rank: number } | "none" | "unknown" {
  const meaning = definition.meaning?.(config) ?? { kind: "own" };
  switch (meaning.kind) {
    case "identity":
      return "none";
    case "activation":
      return isLinear(meaning.activation) ? "none" : { activation: meaning.activation, rank };
    case "each-step":
      return activationOf(meaning.layer.definition, meaning.layer.config, rank - 1);
    // Another shape has another last axis.
    case "reshape":
      return "unknown";
    case "own": {
      const activation = config["activation"];
      return isActivation(activation) ? { activation, rank } : "unknown";
    }
  }
}

function isLinear({ definition }: Activation): boolean {
  return definition.name === "linear";
}
