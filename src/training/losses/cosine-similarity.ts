import { lossAxis, reduction } from "./parameters.ts";
import { cosineAlong } from "./cosine-along.ts";
import { defineLoss } from "./definition.ts";

/** `-sum(t / |t| * p / |p|)` */
export const cosineSimilarity = defineLoss({
  identifier: "cosine_similarity",
  className: "CosineSimilarity",
  doc: "The negative cosine of the angle between output and target: -1 where they have the same direction.",
  targets: "same",
  parameters: [lossAxis, reduction],
  values: (compared, { axis }) => cosineAlong(compared, axis, -1),
});
