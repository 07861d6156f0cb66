import { axisOf } from "../activations/along-axis.ts";
import type { Activation } from "../activations/definition.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { isActivation } from "../layers/config-values.ts";
import type { LayerDefinition, LayerConfig } from "../layers/definition.ts";
import type { ModelLayer } from "./model.ts";

/** The activation whose values a model gives. */
export interface OutputActivation {
  readonly activation: Activation;
  /** The statement of the layer that has it. */
  readonly span: Span;
}

/** An activation that works along one axis. */
export interface ActivationAlong extends OutputActivation {
  /** Counted from 0, without the batch axis. */
  readonly axis: number;
}

/**
 * The activation that the outputs of a model come from; behind it stand none but layers that pass values on. Undefined where
 * there is none, as behind a normalization, and where it works along another axis than the last.
 */
export function outputActivation(layers: readonly ModelLayer[]): OutputActivation | undefined {
  const last = lastActivation(layers);
  return last === undefined || last.axis === last.rank - 1 ? last : undefined;
}

/** The same where it makes shares of what lies along an axis, whichever that is. */
export function sharesAlong(layers: readonly ModelLayer[]): ActivationAlong | undefined {
  const last = lastActivation(layers);
  const { name } = last?.activation.definition ?? {};
  return name === "softmax" || name === "sparsemax" ? last : undefined;
}

function lastActivation(layers: readonly ModelLayer[]): (ActivationAlong & { readonly rank: number }) | undefined {
  for (const layer of layers.toReversed()) {
    if (layer.kind === "nested") return lastActivation(layer.model.layers);
    const found = activationOf(layer.definition, layer.config);
    if (found === "passes values on") continue;
    if (found === undefined) return undefined;
    const rank = layer.outputShape.length;
    return { activation: found, span: layer.span, axis: axisOf(found.args, rank), rank };
  }
  return undefined;
}

function activationOf(definition: LayerDefinition, config: LayerConfig): Activation | "passes values on" | undefined {
  const meaning = definition.meaning?.(config);
  switch (meaning?.kind) {
    case "identity":
      return "passes values on";
    case "activation":
      return meaning.activation.definition.name === "linear" ? "passes values on" : meaning.activation;
    case "each-step":
      return activationOf(meaning.layer.definition, meaning.layer.config);
    case "reshape":
      return undefined;
    case "own":
    case undefined: {
      const { activation } = config;
      return isActivation(activation) ? activation : undefined;
    }
  }
}
