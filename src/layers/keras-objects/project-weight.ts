import type { Tensor } from "../../ir/graph.ts";
import type { StepBuilder } from "../../ir/step-graph.ts";
import type { KerasObject } from "../definition.ts";
import { constraints } from "./constraints.ts";

/** What a constraint makes of a weight after a step of training. */
export function projectWeight(graph: StepBuilder, weight: Tensor, { identifier, config }: KerasObject): Tensor {
  const definition = constraints.find((constraint) => constraint.identifier === identifier);
  if (definition === undefined) throw new Error(`there is no constraint '${identifier}'`);
  return definition.project(graph, weight, config);
}
