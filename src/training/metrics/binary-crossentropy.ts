import { fromLogits, labelSmoothing } from "../losses/parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const binaryCrossentropy: MetricDefinition = {
  kind: "metric",
  identifier: "binary_crossentropy",
  className: "BinaryCrossentropy",
  aliases: ["bce", "BCE"],
  doc: "How far probabilities are from targets of 0 and 1.",
  targets: "same",
  parameters: [fromLogits, labelSmoothing],
};
