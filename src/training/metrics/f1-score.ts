import { fScore, fScoreSums } from "./f-score.ts";
import { defineMetric } from "./definition.ts";
import { average, threshold } from "./parameters.ts";

export const f1Score = defineMetric({
  identifier: "f1_score",
  className: "F1Score",
  doc: "The harmonic mean of precision and recall, of each class.",
  targets: "same",
  parameters: [average, threshold],
  countsPlaces: ({ average }) => average !== "micro",
  sums: fScoreSums,
  result: (graph, sums, config) => fScore(graph, sums, config, 1),
});
