import { meanAbsolutePercentageError as loss } from "../losses/mean-absolute-percentage-error.ts";
import { lossSums, meanResult } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const meanAbsolutePercentageError = defineMetric({
  identifier: "mean_absolute_percentage_error",
  className: "MeanAbsolutePercentageError",
  aliases: ["mape", "MAPE"],
  doc: "The mean of the absolute errors in percent of the targets.",
  targets: "same",
  parameters: [],
  sums: lossSums(loss),
  result: meanResult,
});
