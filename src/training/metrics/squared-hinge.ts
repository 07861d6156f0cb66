import type { MetricDefinition } from "./definition.ts";

export const squaredHinge: MetricDefinition = {
  kind: "metric",
  identifier: "squared_hinge",
  className: "SquaredHinge",
  doc: "The square of the hinge loss.",
  targets: "same",
  parameters: [],
};
