import type { MetricDefinition } from "./definition.ts";

export const rootMeanSquaredError: MetricDefinition = {
  kind: "metric",
  identifier: "root_mean_squared_error",
  className: "RootMeanSquaredError",
  aliases: ["rmse"],
  doc: "The root of the mean of the squared errors.",
  targets: "same",
  parameters: [],
};
