import { optional } from "../../layers/arguments/basic.ts";
import { oneOf } from "../../layers/arguments/keyword.ts";
import { positiveShare, positiveNumber } from "../../layers/arguments/numbers.ts";
import { fScore, fScoreSums } from "./f-score.ts";
import { defineMetric } from "./definition.ts";

export const fBetaScore = defineMetric({
  identifier: "f_beta_score",
  className: "FBetaScore",
  doc: "The harmonic mean of precision and recall, of each class, with recall so many times as important.",
  targets: "same",
  parameters: [
    {
      name: "average",
      type: optional(oneOf(["micro", "macro", "weighted"])),
      default: null,
      doc: "How the scores of the classes become one: of the sums of all counts (micro), their mean (macro), or the mean by how often each class is there (weighted). `none`: their mean, too, one number being reported.",
    },
    { name: "beta", type: positiveNumber, default: 1, doc: "How many times as important recall is." },
    {
      name: "threshold",
      type: optional(positiveShare),
      default: null,
      doc: "The output above which a class counts as found; `none`: the largest output is it.",
    },
  ],
  countsPlaces: ({ average }) => average !== "micro",
  sums: fScoreSums,
  result: (graph, sums, config) => fScore(graph, sums, config, config.beta),
});
