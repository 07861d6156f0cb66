import type { MetricDefinition } from "./definition.ts";

export const klDivergence: MetricDefinition = {
  kind: "metric",
  identifier: "kl_divergence",
  className: "KLDivergence",
  doc: "How much a distribution, the target, differs from another one, the output (Kullback and Leibler).",
  targets: "same",
  parameters: [],
};
