import { meanAbsoluteError as loss } from "../losses/mean-absolute-error.ts";
import { lossSums, meanResult } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const meanAbsoluteError = defineMetric({
  identifier: "mean_absolute_error",
  className: "MeanAbsoluteError",
  aliases: ["mae", "MAE"],
  doc: "The mean of the absolute errors.",
  targets: "same",
  parameters: [],
  sums: lossSums(loss),
  result: meanResult,
});
