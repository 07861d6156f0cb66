import { numberBetween } from "../../layers/arguments/numbers.ts";
import { classId, thresholdCount } from "./parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const recallAtPrecision: MetricDefinition = {
  kind: "metric",
  identifier: "recall_at_precision",
  className: "RecallAtPrecision",
  doc: "The best recall among thresholds with at least a given precision.",
  targets: "same",
  parameters: [
    { name: "precision", type: numberBetween(0, 1), doc: "The least precision, from 0 to 1." },
    thresholdCount(1),
    classId,
  ],
};
