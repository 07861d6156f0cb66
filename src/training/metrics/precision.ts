import { classId, thresholds, topK } from "./parameters.ts";
import { confusionSums, thresholdsOf } from "./confusion.ts";
import { meanOver, precisionRatio } from "./ratio.ts";
import { defineMetric } from "./definition.ts";

export const precision = defineMetric({
  identifier: "precision",
  className: "Precision",
  doc: "The share of what is found that is right.",
  targets: "same",
  outputs: "probabilities",
  parameters: [thresholds, topK, classId],
  countsPlaces: ({ top_k: most, class_id: only }) => most !== null || only !== null,
  sums: (context, { thresholds: given, ...counting }) =>
    confusionSums(context, ["true_positives", "false_positives"], {
      ...counting,
      // Among the largest outputs any counts.
      thresholds: thresholdsOf(given, counting.top_k === null ? 0.5 : -1e10),
    }),
  result: (graph, sums) => meanOver(graph, sums, precisionRatio),
});
