import { thresholds } from "./parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const truePositives: MetricDefinition = {
  kind: "metric",
  identifier: "true_positives",
  className: "TruePositives",
  doc: "How many are found and right.",
  targets: "same",
  parameters: [thresholds],
};
