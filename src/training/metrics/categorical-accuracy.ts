import { hits } from "./classes.ts";
import { meanResult, meanSums } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const categoricalAccuracy = defineMetric({
  identifier: "categorical_accuracy",
  className: "CategoricalAccuracy",
  doc: "The share of samples whose largest output is that of the largest target.",
  targets: "same",
  outputs: "numbers of classes",
  parameters: [],
  countsPlaces: () => true,
  sums: (context) => meanSums(context, hits(context)),
  result: meanResult,
});
