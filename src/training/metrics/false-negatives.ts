import { thresholds } from "./parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const falseNegatives: MetricDefinition = {
  kind: "metric",
  identifier: "false_negatives",
  className: "FalseNegatives",
  doc: "How many are not found, wrongly.",
  targets: "same",
  parameters: [thresholds],
};
