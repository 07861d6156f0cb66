import type { MetricDefinition } from "./definition.ts";

export const categoricalHinge: MetricDefinition = {
  kind: "metric",
  identifier: "categorical_hinge",
  className: "CategoricalHinge",
  doc: "What lacks for the output of the right class to be above all others with a margin of 1.",
  targets: "same",
  parameters: [],
};
