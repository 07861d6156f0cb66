import { k } from "./parameters.ts";
import { hitsAmong } from "./classes.ts";
import { meanResult, meanSums } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const sparseTopKCategoricalAccuracy = defineMetric({
  identifier: "sparse_top_k_categorical_accuracy",
  className: "SparseTopKCategoricalAccuracy",
  doc: "The share of samples whose label is among the largest outputs.",
  targets: "labels",
  outputs: "numbers of classes",
  parameters: [k],
  countsPlaces: () => true,
  sums: (context, { k: most }) => meanSums(context, hitsAmong(context, most)),
  result: meanResult,
});
