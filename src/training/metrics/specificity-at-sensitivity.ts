import { numberBetween } from "../../layers/arguments/numbers.ts";
import { classId, thresholdCount } from "./parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const specificityAtSensitivity: MetricDefinition = {
  kind: "metric",
  identifier: "specificity_at_sensitivity",
  className: "SpecificityAtSensitivity",
  doc: "The best specificity, the share of what is wrong that is not found, among thresholds with at least a given sensitivity.",
  targets: "same",
  parameters: [
    { name: "sensitivity", type: numberBetween(0, 1), doc: "The least sensitivity, from 0 to 1." },
    thresholdCount(1),
    classId,
  ],
};
