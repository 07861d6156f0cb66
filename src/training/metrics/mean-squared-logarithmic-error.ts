import type { MetricDefinition } from "./definition.ts";

export const meanSquaredLogarithmicError: MetricDefinition = {
  kind: "metric",
  identifier: "mean_squared_logarithmic_error",
  className: "MeanSquaredLogarithmicError",
  aliases: ["msle", "MSLE"],
  doc: "The mean of the squared differences of the logarithms of what is one above outputs and targets.",
  targets: "same",
  parameters: [],
};
