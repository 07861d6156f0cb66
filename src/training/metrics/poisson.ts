import type { MetricDefinition } from "./definition.ts";

export const poisson: MetricDefinition = {
  kind: "metric",
  identifier: "poisson",
  className: "Poisson",
  doc: "How well the outputs, expected counts, fit the targets, counts.",
  targets: "same",
  parameters: [],
};
