import { fromLogits, labelSmoothing, lossAxis, reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const categoricalCrossentropy: LossDefinition = {
  kind: "loss",
  identifier: "categorical_crossentropy",
  className: "CategoricalCrossentropy",
  doc: "How far the probabilities of classes are from targets with a number for each class: for a softmax.",
  targets: "same",
  parameters: [fromLogits, labelSmoothing, lossAxis, reduction],
};
