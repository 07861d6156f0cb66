import { number } from "../../layers/arguments/numbers.ts";
import { abs, constant, select, sub } from "../../ir/scalar.ts";
import { p, t } from "../compared.ts";
import { meanResult, meanSums } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const binaryAccuracy = defineMetric({
  identifier: "binary_accuracy",
  className: "BinaryAccuracy",
  doc: "The share of outputs on the right side of a threshold.",
  targets: "same",
  outputs: "probabilities",
  parameters: [{ name: "threshold", type: number, default: 0.5, doc: "The output above which a 1 is meant." }],
  sums(context, { threshold }) {
    const { graph, target, prediction } = context;
    const found = select(p, "gt", constant(threshold), constant(1), constant(0));
    const isRight = select(abs(sub(t, found)), "le", constant(0), constant(1), constant(0));
    return meanSums(context, graph.map({ t: target, p: prediction }, isRight));
  },
  result: meanResult,
});
