import { lossAxis, reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const cosineSimilarity: LossDefinition = {
  kind: "loss",
  identifier: "cosine_similarity",
  className: "CosineSimilarity",
  doc: "The negative cosine of the angle between output and target: -1 where they have the same direction.",
  targets: "same",
  parameters: [lossAxis, reduction],
};
