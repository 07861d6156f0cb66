import type { Tensor } from "../ir/graph.ts";
import { add, constant, local, mul } from "../ir/scalar.ts";
import type { StepBuilder } from "../ir/step-graph.ts";
import type { ConfigValue, KerasObject, LayerDefinition, TrainContext } from "./definition.ts";
import { penaltyOf } from "./keras-objects/penalty-of.ts";

/** A layer in a step of training, with what its `activity_regularizer` adds to the loss. */
export function trainLayer(definition: LayerDefinition, context: Omit<TrainContext, "follow">): Tensor {
  const { graph, config } = context;
  const follow = moves(graph);
  const output = definition.train?.({ ...context, follow }) ?? definition.lower(context);
  const regularizer = config["activity_regularizer"];
  if (isRegularizer(regularizer)) {
    const { outputShape: shape } = context;
    addActivityPenalty(graph, penaltyOf(graph, { ...output, shape }, regularizer));
  }
  return output;
}

/** Adds the mean over the samples of what each of them adds to the loss. */
export function addActivityPenalty(graph: StepBuilder, penalty: Tensor): void {
  graph.addLoss(graph.reduce({ penalty }, local("penalty"), { combine: "mean", axes: [], samples: true }));
}

function moves(graph: StepBuilder): TrainContext["follow"] {
  return (weight, kept, added) => {
    const before = graph.variable(weight);
    const after = graph.map({ before, added }, add(mul(constant(kept), local("before")), local("added")));
    graph.move(weight, after);
    return { before: () => before, after };
  };
}

function isRegularizer(value: ConfigValue | undefined): value is KerasObject {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "regularizer";
}
