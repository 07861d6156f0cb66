import { logCosh as loss } from "../losses/log-cosh.ts";
import { lossSums, meanResult } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const logCoshError = defineMetric({
  identifier: "log_cosh_error",
  className: "LogCoshError",
  doc: "The logarithm of the hyperbolic cosine of the error.",
  targets: "same",
  parameters: [],
  sums: lossSums(loss),
  result: meanResult,
});
