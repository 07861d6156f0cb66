import type { MetricDefinition } from "./definition.ts";

export const meanAbsolutePercentageError: MetricDefinition = {
  kind: "metric",
  identifier: "mean_absolute_percentage_error",
  className: "MeanAbsolutePercentageError",
  aliases: ["mape", "MAPE"],
  doc: "The mean of the absolute errors in percent of the targets.",
  targets: "same",
  parameters: [],
};
