import { classId, thresholds, topK } from "./parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const precision: MetricDefinition = {
  kind: "metric",
  identifier: "precision",
  className: "Precision",
  doc: "The share of what is found that is right.",
  targets: "same",
  parameters: [thresholds, topK, classId],
};
