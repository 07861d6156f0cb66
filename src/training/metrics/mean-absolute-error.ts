import type { MetricDefinition } from "./definition.ts";

export const meanAbsoluteError: MetricDefinition = {
  kind: "metric",
  identifier: "mean_absolute_error",
  className: "MeanAbsoluteError",
  aliases: ["mae", "MAE"],
  doc: "The mean of the absolute errors.",
  targets: "same",
  parameters: [],
};
