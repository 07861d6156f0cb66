import { fromLogits, labelSmoothing, lossAxis } from "../losses/parameters.ts";
import { categoricalCrossentropy as loss } from "../losses/categorical-crossentropy.ts";
import { lossSums, meanResult } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const categoricalCrossentropy = defineMetric({
  identifier: "categorical_crossentropy",
  className: "CategoricalCrossentropy",
  doc: "How far the probabilities of classes are from targets with a number for each class.",
  targets: "same",
  outputs: "probabilities of classes",
  parameters: [fromLogits, labelSmoothing, lossAxis],
  countsPlaces: ({ label_smoothing: smoothing }) => smoothing > 0,
  sums: lossSums(loss),
  result: meanResult,
});
