import { numberBetween } from "../../layers/arguments/numbers.ts";
import { classId, thresholdCount } from "./parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const precisionAtRecall: MetricDefinition = {
  kind: "metric",
  identifier: "precision_at_recall",
  className: "PrecisionAtRecall",
  doc: "The best precision among thresholds with at least a given recall.",
  targets: "same",
  parameters: [
    { name: "recall", type: numberBetween(0, 1), doc: "The least recall, from 0 to 1." },
    thresholdCount(1),
    classId,
  ],
};
