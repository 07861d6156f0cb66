import { numberBetween } from "../../layers/arguments/numbers.ts";
import { classId, thresholdCount } from "./parameters.ts";
import { sumsOverThresholds } from "./confusion.ts";
import { bestWhere, precisionRatio, recallRatio } from "./ratio.ts";
import { defineMetric } from "./definition.ts";

export const precisionAtRecall = defineMetric({
  identifier: "precision_at_recall",
  className: "PrecisionAtRecall",
  doc: "The best precision among thresholds with at least a given recall.",
  targets: "same",
  outputs: "probabilities",
  parameters: [
    { name: "recall", type: numberBetween(0, 1), doc: "The least recall, from 0 to 1." },
    thresholdCount(1),
    classId,
  ],
  countsPlaces: ({ class_id: only }) => only !== null,
  sums: sumsOverThresholds(["true_positives", "false_positives", "false_negatives"]),
  result: (graph, sums, { recall }) => bestWhere(graph, sums, recallRatio, recall, precisionRatio),
});
