import { numberBetween } from "../../layers/arguments/numbers.ts";
import { classId, thresholdCount } from "./parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const sensitivityAtSpecificity: MetricDefinition = {
  kind: "metric",
  identifier: "sensitivity_at_specificity",
  className: "SensitivityAtSpecificity",
  doc: "The best sensitivity (recall) among thresholds with at least a given specificity.",
  targets: "same",
  parameters: [
    { name: "specificity", type: numberBetween(0, 1), doc: "The least specificity, from 0 to 1." },
    thresholdCount(1),
    classId,
  ],
};
