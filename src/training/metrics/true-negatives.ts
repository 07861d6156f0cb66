import { thresholds } from "./parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const trueNegatives: MetricDefinition = {
  kind: "metric",
  identifier: "true_negatives",
  className: "TrueNegatives",
  doc: "How many are not found, rightly.",
  targets: "same",
  parameters: [thresholds],
};
