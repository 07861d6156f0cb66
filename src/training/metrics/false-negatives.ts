import { thresholds } from "./parameters.ts";
import { local } from "../../ir/scalar.ts";
import { confusionSums, thresholdsOf } from "./confusion.ts";
import { meanOver } from "./ratio.ts";
import { defineMetric } from "./definition.ts";

export const falseNegatives = defineMetric({
  identifier: "false_negatives",
  className: "FalseNegatives",
  doc: "How many are not found, wrongly.",
  targets: "same",
  outputs: "probabilities",
  parameters: [thresholds],
  sums: (context, { thresholds: given }) =>
    confusionSums(context, ["false_negatives"], { thresholds: thresholdsOf(given) }),
  result: (graph, sums) => meanOver(graph, sums, local("false_negatives")),
});
