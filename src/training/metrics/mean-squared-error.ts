import type { MetricDefinition } from "./definition.ts";

export const meanSquaredError: MetricDefinition = {
  kind: "metric",
  identifier: "mean_squared_error",
  className: "MeanSquaredError",
  aliases: ["mse", "MSE"],
  doc: "The mean of the squared errors.",
  targets: "same",
  parameters: [],
};
