import { thresholds } from "./parameters.ts";
import { local } from "../../ir/scalar.ts";
import { confusionSums, thresholdsOf } from "./confusion.ts";
import { meanOver } from "./ratio.ts";
import { defineMetric } from "./definition.ts";

export const trueNegatives = defineMetric({
  identifier: "true_negatives",
  className: "TrueNegatives",
  doc: "How many are not found, rightly.",
  targets: "same",
  outputs: "probabilities",
  parameters: [thresholds],
  sums: (context, { thresholds: given }) =>
    confusionSums(context, ["true_negatives"], { thresholds: thresholdsOf(given) }),
  result: (graph, sums) => meanOver(graph, sums, local("true_negatives")),
});
