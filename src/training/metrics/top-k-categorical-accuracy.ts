import { k } from "./parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const topKCategoricalAccuracy: MetricDefinition = {
  kind: "metric",
  identifier: "top_k_categorical_accuracy",
  className: "TopKCategoricalAccuracy",
  doc: "The share of samples whose class, that of the largest target, is among the largest outputs.",
  targets: "same",
  parameters: [k],
};
