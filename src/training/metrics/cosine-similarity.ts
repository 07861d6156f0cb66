import { lossAxis } from "../losses/parameters.ts";
import { cosineAlong } from "../losses/cosine-along.ts";
import { meanResult, meanSums } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const cosineSimilarity = defineMetric({
  identifier: "cosine_similarity",
  className: "CosineSimilarity",
  doc: "The cosine of the angle between output and target: 1 where they have the same direction.",
  targets: "same",
  parameters: [lossAxis],
  sums: (context, { axis }) => meanSums(context, cosineAlong(context, axis, 1)),
  result: meanResult,
});
