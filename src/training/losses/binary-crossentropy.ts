import { fromLogits, labelSmoothing, lossAxis, reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const binaryCrossentropy: LossDefinition = {
  kind: "loss",
  identifier: "binary_crossentropy",
  className: "BinaryCrossentropy",
  aliases: ["bce", "BCE"],
  doc: "How far probabilities are from targets of 0 and 1, each output by itself: for a sigmoid.",
  targets: "same",
  parameters: [fromLogits, labelSmoothing, lossAxis, reduction],
};
