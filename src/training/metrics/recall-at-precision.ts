import { numberBetween } from "../../layers/arguments/numbers.ts";
import { classId, thresholdCount } from "./parameters.ts";
import { sumsOverThresholds } from "./confusion.ts";
import { bestWhere, precisionRatio, recallRatio } from "./ratio.ts";
import { defineMetric } from "./definition.ts";

export const recallAtPrecision = defineMetric({
  identifier: "recall_at_precision",
  className: "RecallAtPrecision",
  doc: "The best recall among thresholds with at least a given precision.",
  targets: "same",
  outputs: "probabilities",
  parameters: [
    { name: "precision", type: numberBetween(0, 1), doc: "The least precision, from 0 to 1." },
    thresholdCount(1),
    classId,
  ],
  countsPlaces: ({ class_id: only }) => only !== null,
  sums: sumsOverThresholds(["true_positives", "false_positives", "false_negatives"]),
  result: (graph, sums, { precision }) => bestWhere(graph, sums, precisionRatio, precision, recallRatio),
});
