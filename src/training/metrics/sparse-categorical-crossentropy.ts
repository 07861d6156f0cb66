import { fromLogits, ignoreClass, lossAxis } from "../losses/parameters.ts";
import { sparseCategoricalCrossentropy as loss } from "../losses/sparse-categorical-crossentropy.ts";
import { lossSums, meanResult } from "./mean.ts";
import { defineMetric } from "./definition.ts";

export const sparseCategoricalCrossentropy = defineMetric({
  identifier: "sparse_categorical_crossentropy",
  className: "SparseCategoricalCrossentropy",
  doc: "How far the probabilities of classes are from targets that are the index of a class.",
  targets: "labels",
  outputs: "probabilities of classes",
  parameters: [fromLogits, ignoreClass, lossAxis],
  countsPlaces: ({ ignore_class: ignored }) => ignored !== null,
  sums: lossSums(loss),
  result: meanResult,
});
