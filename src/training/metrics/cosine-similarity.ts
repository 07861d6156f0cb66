import { lossAxis } from "../losses/parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const cosineSimilarity: MetricDefinition = {
  kind: "metric",
  identifier: "cosine_similarity",
  className: "CosineSimilarity",
  doc: "The cosine of the angle between output and target: 1 where they have the same direction.",
  targets: "same",
  parameters: [lossAxis],
};
