import { thresholds } from "./parameters.ts";
import { local } from "../../ir/scalar.ts";
import { confusionSums, thresholdsOf } from "./confusion.ts";
import { meanOver } from "./ratio.ts";
import { defineMetric } from "./definition.ts";

export const truePositives = defineMetric({
  identifier: "true_positives",
  className: "TruePositives",
  doc: "How many are found and right.",
  targets: "same",
  outputs: "probabilities",
  parameters: [thresholds],
  sums: (context, { thresholds: given }) =>
    confusionSums(context, ["true_positives"], { thresholds: thresholdsOf(given) }),
  result: (graph, sums) => meanOver(graph, sums, local("true_positives")),
});
