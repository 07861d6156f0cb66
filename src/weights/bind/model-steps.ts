import type { ModelLayer } from "../../check/model.ts";
import { describeLayer } from "./describe.ts";
import { leavesModelShape, operationsOf, type ModelStep } from "./forward-operation.ts";

/** The steps of a layer of the model. For a layer with weights: those that follow its own computation. */
export function stepsOfLayer(layer: ModelLayer): readonly ModelStep[] {
  if (layer.kind === "nested") return layer.model.layers.flatMap(stepsOfLayer);
  const { definition, config, inputShape, outputShape, weights } = layer;
  const shapes = { from: inputShape, to: outputShape };
  return operationsOf(definition, config, weights.length > 0)
    .filter((operation) => !leavesModelShape(operation, shapes))
    .map((operation) => ({ owner: describeLayer(layer), operation, shapes }));
}
