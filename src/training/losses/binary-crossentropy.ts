import { fromLogits, labelSmoothing, lossAxis, reduction } from "./parameters.ts";
import { meanAlong, p, shapeAxis, smoothed } from "../compared.ts";
import { binaryEntropy, binaryEntropyOfLogits, probability } from "./cross-entropy.ts";
import { defineLoss } from "./definition.ts";

/** `-mean(t * log(p) + (1 - t) * log(1 - p))` */
export const binaryCrossentropy = defineLoss({
  identifier: "binary_crossentropy",
  className: "BinaryCrossentropy",
  aliases: ["bce", "BCE"],
  doc: "How far probabilities are from targets of 0 and 1, each output by itself: for a sigmoid.",
  targets: "same",
  outputs: "probabilities",
  parameters: [fromLogits, labelSmoothing, lossAxis, reduction],
  values(compared, { from_logits: fromLogits, label_smoothing: smoothing, axis }) {
    const target = smoothed(smoothing, 0.5);
    const term = fromLogits ? binaryEntropyOfLogits(target) : binaryEntropy(target, probability(p));
    return meanAlong(compared, term, shapeAxis(axis, compared));
  },
});
