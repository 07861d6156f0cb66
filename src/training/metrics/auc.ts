import { boolean, listOf, optional } from "../../layers/arguments/basic.ts";
import { oneOf } from "../../layers/arguments/keyword.ts";
import { nonNegativeNumber, numberBetween, positiveInteger } from "../../layers/arguments/numbers.ts";
import { thresholdCount } from "./parameters.ts";
import { add, constant, div, exp, local, mul, neg } from "../../ir/scalar.ts";
import { p } from "../compared.ts";
import { quotient } from "../quotient.ts";
import { areaUnder } from "./area.ts";
import { confusionSums } from "./confusion.ts";

const counts = ["true_positives", "false_positives", "true_negatives", "false_negatives"] as const;
import { defineMetric } from "./definition.ts";

export const auc = defineMetric({
  identifier: "auc",
  className: "AUC",
  doc: "The area under a curve over all thresholds: 1 where outputs order all samples rightly, 0.5 where they say nothing (for ROC).",
  targets: "same",
  outputs: "probabilities",
  parameters: [
    thresholdCount(2),
    {
      name: "curve",
      type: oneOf(
        ["ROC", "PR", "PRGAIN"],
        new Map<string, "ROC" | "PR" | "PRGAIN">([
          ["roc", "ROC"],
          ["pr", "PR"],
          ["prgain", "PRGAIN"],
        ]),
      ),
      default: "ROC",
      doc: "The curve: recall over the share of false alarms (ROC), precision over recall (PR), or the gains of both (PRGAIN).",
    },
    {
      name: "summation_method",
      type: oneOf(["interpolation", "majoring", "minoring"]),
      default: "interpolation",
      doc: "How the area between two thresholds is summed: interpolated, or from the larger or the smaller of both heights.",
    },
    {
      name: "thresholds",
      type: optional(listOf(numberBetween(0, 1), "a list of numbers between 0 and 1")),
      default: null,
      doc: "The thresholds, in place of `num_thresholds` equal steps; those just outside of 0 and 1 are added.",
    },
    {
      name: "multi_label",
      type: boolean,
      default: false,
      doc: "Whether the area is that of each output by itself, and their mean the result; else all outputs count as one.",
    },
    {
      name: "num_labels",
      type: optional(positiveInteger),
      default: null,
      doc: "How many outputs there are, with `multi_label`; `none`: as many as there are.",
    },
    {
      name: "label_weights",
      type: optional(listOf(nonNegativeNumber, "a list of non-negative numbers")),
      default: null,
      doc: "How much each output counts; `none`: all the same.",
    },
    {
      name: "from_logits",
      type: boolean,
      default: false,
      doc: "Whether the outputs are any numbers, of which the metric makes probabilities.",
    },
  ],
  countsPlaces: ({ multi_label: perLabel, label_weights: weights }) => perLabel || weights !== null,
  sums(context, config) {
    const { graph, prediction } = context;
    const sigmoid = div(constant(1), add(constant(1), exp(neg(p))));
    const output = config.from_logits ? graph.map({ p: prediction }, sigmoid) : prediction;
    const { multi_label: perLabel, label_weights: labelWeights } = config;
    return confusionSums({ ...context, prediction: output }, counts, {
      thresholds: thresholdsFrom(config),
      perLabel,
      labelWeights: perLabel ? null : labelWeights,
    });
  },
  result(graph, sums, config) {
    const { curve, summation_method: summation, multi_label: perLabel, label_weights: weights } = config;
    const thresholds = thresholdsFrom(config).length;
    const area = areaUnder(graph, sums, { axis: perLabel ? 1 : 0, thresholds }, curve, summation);
    if (!perLabel) return area;
    if (weights === null) return graph.reduce({ area }, local("area"), { combine: "mean", axes: [0] });
    const operands = { area, weight: graph.numbers([weights.length], weights) };
    const over = { combine: "sum", axes: [0] } as const;
    const total = graph.reduce(operands, mul(local("area"), local("weight")), over);
    const whole = graph.reduce(operands, local("weight"), over);
    return graph.map({ total, whole }, quotient(local("total"), local("whole")));
  },
});

/** Keras' thresholds, the outer ones just beyond 0 and 1. */
function thresholdsFrom({
  num_thresholds: count,
  thresholds,
}: {
  readonly num_thresholds: number;
  readonly thresholds: readonly number[] | null;
}): readonly number[] {
  const inner =
    thresholds === null
      ? Array.from({ length: count - 2 }, (_, at) => (at + 1) / (count - 1))
      : thresholds.toSorted((a, b) => a - b);
  return [-1e-7, ...inner, 1 + 1e-7];
}
