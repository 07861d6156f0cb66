import { numberBetween } from "../../layers/arguments/numbers.ts";
import { classId, thresholdCount } from "./parameters.ts";
import { sumsOverThresholds } from "./confusion.ts";
import { bestWhere, recallRatio, specificityRatio } from "./ratio.ts";
import { defineMetric } from "./definition.ts";

export const specificityAtSensitivity = defineMetric({
  identifier: "specificity_at_sensitivity",
  className: "SpecificityAtSensitivity",
  doc: "The best specificity, the share of what is wrong that is not found, among thresholds with at least a given sensitivity.",
  targets: "same",
  outputs: "probabilities",
  parameters: [
    { name: "sensitivity", type: numberBetween(0, 1), doc: "The least sensitivity, from 0 to 1." },
    thresholdCount(1),
    classId,
  ],
  countsPlaces: ({ class_id: only }) => only !== null,
  sums: sumsOverThresholds(["true_positives", "false_positives", "true_negatives", "false_negatives"]),
  result: (graph, sums, { sensitivity }) => bestWhere(graph, sums, recallRatio, sensitivity, specificityRatio),
});
