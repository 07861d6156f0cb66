import type { MetricDefinition } from "./definition.ts";

export const logCoshError: MetricDefinition = {
  kind: "metric",
  identifier: "log_cosh_error",
  className: "LogCoshError",
  doc: "The logarithm of the hyperbolic cosine of the error.",
  targets: "same",
  parameters: [],
};
