import type { Activation } from "../../activations/definition.ts";
import type { ModelLayer } from "../../check/model.ts";
import type { Shape } from "../../ir/shape.ts";
import type { ConfigValue, LayerConfig, WrappedLayer } from "../../layers/definition.ts";
import { describeLayer } from "./describe.ts";
import { activationLayers, identities, isIdentity, wrap } from "./forward-step.ts";
import type { ForwardOperation, ForwardStep } from "./forward-step.ts";

/** The steps of a layer of the model. For a layer with weights: those that follow its own computation. */
export function stepsOfLayer(layer: ModelLayer): readonly ForwardStep[] {
  if (layer.kind === "nested") return layer.model.layers.flatMap(stepsOfLayer);
  const { definition, config, inputShape, outputShape, weights } = layer;
  const shapes = { from: inputShape, to: outputShape };
  return operationsOf(definition.className, config, weights.length > 0, shapes)
    .filter((operation) => !isIdentity(operation))
    .map((operation) => ({ owner: describeLayer(layer), operation }));
}

function operationsOf(
  className: string,
  config: LayerConfig,
  weighted: boolean,
  { from, to }: { readonly from: Shape; readonly to: Shape },
): readonly ForwardOperation[] {
  if (identities.has(className)) return [];
  const inner = config["layer"];
  if (isWrapped(inner)) {
    const step = { from: from.slice(1), to: to.slice(1) };
    return operationsOf(inner.definition.className, inner.config, weighted, step).map(wrap);
  }
  const reorders = className === "Flatten" && config["data_format"] === "channels_first";
  if (!reorders && (className === "Flatten" || className === "Reshape")) return [{ kind: "reshape", from, to }];
  if (className === "Rescaling") return [{ kind: "rescaling", scale: config["scale"], offset: config["offset"] }];
  const layer = activationLayers.get(className);
  if (layer !== undefined) return [{ kind: "activation", name: layer.name, args: new Map(Object.entries(config)) }];
  const activation = config["activation"];
  if (isActivation(activation)) {
    const { definition, args } = activation;
    return [{ kind: "activation", name: definition.name, args: new Map(Object.entries(args)) }];
  }
  return weighted ? [] : [{ kind: "other", className, args: new Map(Object.entries(config)) }];
}

function isActivation(value: ConfigValue | undefined): value is Activation {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "activation";
}

function isWrapped(value: ConfigValue | undefined): value is WrappedLayer {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "layer";
}
