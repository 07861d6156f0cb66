import { thresholds } from "./parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const falsePositives: MetricDefinition = {
  kind: "metric",
  identifier: "false_positives",
  className: "FalsePositives",
  doc: "How many are found and wrong.",
  targets: "same",
  parameters: [thresholds],
};
