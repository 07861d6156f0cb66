import type { Activation } from "../../activations/definition.ts";
import type { ModelLayer } from "../../check/model.ts";
import { describeLayer } from "./describe.ts";
import { activationLayers, identities, isIdentity, type ForwardOperation, type ForwardStep } from "./forward-step.ts";

/** The steps of a layer of the model. For a layer with weights: those that follow its own computation. */
export function stepsOfLayer(layer: ModelLayer): readonly ForwardStep[] {
  if (layer.kind === "nested") return layer.model.layers.flatMap(stepsOfLayer);
  const owner = describeLayer(layer);
  const step = (operation: ForwardOperation): readonly ForwardStep[] =>
    isIdentity(operation) ? [] : [{ owner, operation }];
  const { className } = layer.definition;
  const { config } = layer;
  if (identities.has(className)) return [];
  if (className === "Flatten" || className === "Reshape") {
    return step({ kind: "reshape", from: layer.inputShape, to: layer.outputShape });
  }
  if (className === "Rescaling") {
    return step({ kind: "rescaling", scale: config["scale"], offset: config["offset"] });
  }
  const layerActivation = activationLayers.get(className);
  if (layerActivation !== undefined) {
    return step({ kind: "activation", name: layerActivation.name, args: new Map(Object.entries(config)) });
  }
  const activation = config["activation"];
  if (
    typeof activation === "object" &&
    activation !== null &&
    "kind" in activation &&
    activation.kind === "activation"
  ) {
    const { definition, args } = activation as Activation;
    return step({ kind: "activation", name: definition.name, args: new Map(Object.entries(args)) });
  }
  return layer.weights.length > 0 ? [] : step({ kind: "other", className });
}
