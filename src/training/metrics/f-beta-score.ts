import { positiveNumber } from "../../layers/arguments/numbers.ts";
import { fScore, fScoreSums } from "./f-score.ts";
import { defineMetric } from "./definition.ts";
import { average, threshold } from "./parameters.ts";

export const fBetaScore = defineMetric({
  identifier: "f_beta_score",
  className: "FBetaScore",
  doc: "The harmonic mean of precision and recall, of each class, with recall so many times as important.",
  targets: "same",
  parameters: [
    average,
    { name: "beta", type: positiveNumber, default: 1, doc: "How many times as important recall is." },
    threshold,
  ],
  countsPlaces: ({ average }) => average !== "micro",
  sums: fScoreSums,
  result: (graph, sums, config) => fScore(graph, sums, config, config.beta),
});
