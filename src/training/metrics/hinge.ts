import type { MetricDefinition } from "./definition.ts";

export const hinge: MetricDefinition = {
  kind: "metric",
  identifier: "hinge",
  className: "Hinge",
  doc: "What lacks for outputs to be on the right side with a margin of 1.",
  targets: "same",
  parameters: [],
};
