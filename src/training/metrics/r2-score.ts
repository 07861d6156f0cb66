import { optional } from "../../layers/arguments/basic.ts";
import { oneOf } from "../../layers/arguments/keyword.ts";
import { nonNegativeInteger } from "../../layers/arguments/numbers.ts";
import type { MetricDefinition } from "./definition.ts";

export const r2Score: MetricDefinition = {
  kind: "metric",
  identifier: "r2_score",
  className: "R2Score",
  doc: "The share of the variance of the targets that the outputs explain: 1 is all of it.",
  targets: "same",
  parameters: [
    {
      name: "class_aggregation",
      type: optional(oneOf(["uniform_average", "variance_weighted_average"])),
      default: "uniform_average",
      doc: "How the scores of several outputs become one: their mean, or the mean by the variance of the targets. `none`: their mean, too, one number being reported.",
    },
    {
      name: "num_regressors",
      type: nonNegativeInteger,
      default: 0,
      doc: "How many inputs explain the output, for the adjusted score; 0: the score itself.",
    },
  ],
};
