import { boolean, listOf, optional } from "../../layers/arguments/basic.ts";
import { oneOf } from "../../layers/arguments/keyword.ts";
import { nonNegativeNumber, numberBetween, positiveInteger } from "../../layers/arguments/numbers.ts";
import { thresholdCount } from "./parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const auc: MetricDefinition = {
  kind: "metric",
  identifier: "auc",
  className: "AUC",
  doc: "The area under a curve over all thresholds: 1 where outputs order all samples rightly, 0.5 where they say nothing (for ROC).",
  targets: "same",
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
};
