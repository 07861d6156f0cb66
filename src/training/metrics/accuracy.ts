import type { MetricDefinition } from "./definition.ts";

export const accuracy: MetricDefinition = {
  kind: "metric",
  identifier: "accuracy",
  className: "Accuracy",
  aliases: ["acc"],
  doc: "The share of outputs that are right: `binary_accuracy` for one output, else `sparse_categorical_accuracy` where the targets are labels, else `categorical_accuracy`.",
  targets: "either",
  parameters: [],
};
