import { fromLogits, labelSmoothing, lossAxis } from "../losses/parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const categoricalCrossentropy: MetricDefinition = {
  kind: "metric",
  identifier: "categorical_crossentropy",
  className: "CategoricalCrossentropy",
  doc: "How far the probabilities of classes are from targets with a number for each class.",
  targets: "same",
  parameters: [fromLogits, labelSmoothing, lossAxis],
};
