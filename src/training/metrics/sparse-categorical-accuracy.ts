import type { MetricDefinition } from "./definition.ts";

export const sparseCategoricalAccuracy: MetricDefinition = {
  kind: "metric",
  identifier: "sparse_categorical_accuracy",
  className: "SparseCategoricalAccuracy",
  doc: "The share of samples whose largest output is that of the label.",
  targets: "labels",
  parameters: [],
};
