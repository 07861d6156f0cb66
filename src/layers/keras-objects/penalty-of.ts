import type { Tensor } from "../../ir/graph.ts";
import type { StepBuilder } from "../../ir/step-graph.ts";
import type { KerasObject } from "../definition.ts";
import { regularizers } from "./regularizers.ts";

/** What a weight adds to the loss, of shape `[]`; of a value that each sample has of its own, what each adds. */
export function penaltyOf(graph: StepBuilder, value: Tensor, { identifier, config }: KerasObject): Tensor {
  const definition = regularizers.find((regularizer) => regularizer.identifier === identifier);
  if (definition === undefined) throw new Error(`there is no regularizer '${identifier}'`);
  return definition.penalty(graph, value, config);
}
