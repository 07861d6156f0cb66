import { numberBetween } from "../../layers/arguments/numbers.ts";
import { classId, thresholdCount } from "./parameters.ts";
import { sumsOverThresholds } from "./confusion.ts";
import { bestWhere, recallRatio, specificityRatio } from "./ratio.ts";
import { defineMetric } from "./definition.ts";

export const sensitivityAtSpecificity = defineMetric({
  identifier: "sensitivity_at_specificity",
  className: "SensitivityAtSpecificity",
  doc: "The best sensitivity (recall) among thresholds with at least a given specificity.",
  targets: "same",
  outputs: "probabilities",
  parameters: [
    { name: "specificity", type: numberBetween(0, 1), doc: "The least specificity, from 0 to 1." },
    thresholdCount(1),
    classId,
  ],
  countsPlaces: ({ class_id: only }) => only !== null,
  sums: sumsOverThresholds(["true_positives", "false_positives", "true_negatives", "false_negatives"]),
  result: (graph, sums, { specificity }) => bestWhere(graph, sums, specificityRatio, specificity, recallRatio),
});
