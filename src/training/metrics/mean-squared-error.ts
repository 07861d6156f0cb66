import { meanSquaredError as loss } from "../losses/mean-squared-error.ts";
import { lossSums, meanResult } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const meanSquaredError = defineMetric({
  identifier: "mean_squared_error",
  className: "MeanSquaredError",
  aliases: ["mse", "MSE"],
  doc: "The mean of the squared errors.",
  targets: "same",
  parameters: [],
  sums: lossSums(loss),
  result: meanResult,
});
