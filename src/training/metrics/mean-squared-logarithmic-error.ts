import { meanSquaredLogarithmicError as loss } from "../losses/mean-squared-logarithmic-error.ts";
import { lossSums, meanResult } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const meanSquaredLogarithmicError = defineMetric({
  identifier: "mean_squared_logarithmic_error",
  className: "MeanSquaredLogarithmicError",
  aliases: ["msle", "MSLE"],
  doc: "The mean of the squared differences of the logarithms of what is one above outputs and targets.",
  targets: "same",
  parameters: [],
  sums: lossSums(loss),
  result: meanResult,
});
