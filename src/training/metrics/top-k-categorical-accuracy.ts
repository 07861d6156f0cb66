import { k } from "./parameters.ts";
import { hitsAmong } from "./classes.ts";
import { meanResult, meanSums } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const topKCategoricalAccuracy = defineMetric({
  identifier: "top_k_categorical_accuracy",
  className: "TopKCategoricalAccuracy",
  doc: "The share of samples whose class, that of the largest target, is among the largest outputs.",
  targets: "same",
  outputs: "numbers of classes",
  parameters: [k],
  countsPlaces: () => true,
  sums: (context, { k: most }) => meanSums(context, hitsAmong(context, most)),
  result: meanResult,
});
