import { hits } from "./classes.ts";
import { meanResult, meanSums } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const sparseCategoricalAccuracy = defineMetric({
  identifier: "sparse_categorical_accuracy",
  className: "SparseCategoricalAccuracy",
  doc: "The share of samples whose largest output is that of the label.",
  targets: "labels",
  outputs: "numbers of classes",
  parameters: [],
  countsPlaces: () => true,
  sums: (context) => meanSums(context, hits(context)),
  result: meanResult,
});
