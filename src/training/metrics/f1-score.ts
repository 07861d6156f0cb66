import { optional } from "../../layers/arguments/basic.ts";
import { oneOf } from "../../layers/arguments/keyword.ts";
import { positiveShare } from "../../layers/arguments/numbers.ts";
import { fScore, fScoreSums } from "./f-score.ts";
import { defineMetric } from "./definition.ts";

export const f1Score = defineMetric({
  identifier: "f1_score",
  className: "F1Score",
  doc: "The harmonic mean of precision and recall, of each class.",
  targets: "same",
  parameters: [
    {
      name: "average",
      type: optional(oneOf(["micro", "macro", "weighted"])),
      default: null,
      doc: "How the scores of the classes become one: of the sums of all counts (micro), their mean (macro), or the mean by how often each class is there (weighted). `none`: their mean, too, one number being reported.",
    },
    {
      name: "threshold",
      type: optional(positiveShare),
      default: null,
      doc: "The output above which a class counts as found; `none`: the largest output is it.",
    },
  ],
  countsPlaces: ({ average }) => average !== "micro",
  sums: fScoreSums,
  result: (graph, sums, config) => fScore(graph, sums, config, 1),
});
