import { classId, thresholds, topK } from "./parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const recall: MetricDefinition = {
  kind: "metric",
  identifier: "recall",
  className: "Recall",
  doc: "The share of what is right that is found.",
  targets: "same",
  parameters: [thresholds, topK, classId],
};
