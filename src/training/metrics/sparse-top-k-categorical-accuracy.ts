import { k } from "./parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const sparseTopKCategoricalAccuracy: MetricDefinition = {
  kind: "metric",
  identifier: "sparse_top_k_categorical_accuracy",
  className: "SparseTopKCategoricalAccuracy",
  doc: "The share of samples whose label is among the largest outputs.",
  targets: "labels",
  parameters: [k],
};
