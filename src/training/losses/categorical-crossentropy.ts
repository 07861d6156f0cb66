import { fromLogits, labelSmoothing, lossAxis, reduction } from "./parameters.ts";
import { categoricalEntropy } from "./cross-entropy.ts";
import { defineLoss } from "./definition.ts";

/** `-sum(t * log(p))` */
export const categoricalCrossentropy = defineLoss({
  identifier: "categorical_crossentropy",
  className: "CategoricalCrossentropy",
  doc: "How far the probabilities of classes are from targets with a number for each class: for a softmax.",
  targets: "same",
  outputs: "probabilities of classes",
  parameters: [fromLogits, labelSmoothing, lossAxis, reduction],
  countsPlaces: ({ label_smoothing: smoothing }) => smoothing > 0,
  values: categoricalEntropy,
});
