import type { MetricDefinition } from "./definition.ts";

export const categoricalAccuracy: MetricDefinition = {
  kind: "metric",
  identifier: "categorical_accuracy",
  className: "CategoricalAccuracy",
  doc: "The share of samples whose largest output is that of the largest target.",
  targets: "same",
  parameters: [],
};
