import { thresholds } from "./parameters.ts";
import { local } from "../../ir/scalar.ts";
import { confusionSums, thresholdsOf } from "./confusion.ts";
import { meanOver } from "./ratio.ts";
import { defineMetric } from "./definition.ts";

export const falsePositives = defineMetric({
  identifier: "false_positives",
  className: "FalsePositives",
  doc: "How many are found and wrong.",
  targets: "same",
  outputs: "probabilities",
  parameters: [thresholds],
  sums: (context, { thresholds: given }) =>
    confusionSums(context, ["false_positives"], { thresholds: thresholdsOf(given) }),
  result: (graph, sums) => meanOver(graph, sums, local("false_positives")),
});
