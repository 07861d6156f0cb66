import { boolean } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber, numberBetween } from "../../layers/arguments/numbers.ts";
import { fromLogits, labelSmoothing, lossAxis, reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const binaryFocalCrossentropy: LossDefinition = {
  kind: "loss",
  identifier: "binary_focal_crossentropy",
  className: "BinaryFocalCrossentropy",
  doc: "Binary cross-entropy in which what is nearly right counts less.",
  targets: "same",
  parameters: [
    {
      name: "apply_class_balancing",
      type: boolean,
      default: false,
      doc: "Whether targets of 1 count `alpha` times and those of 0 `1 - alpha` times.",
    },
    {
      name: "alpha",
      type: numberBetween(0, 1),
      default: 0.25,
      doc: "How much targets of 1 count, with `apply_class_balancing`.",
    },
    {
      name: "gamma",
      type: nonNegativeNumber,
      default: 2,
      doc: "How much less what is nearly right counts; 0: as much as all else.",
    },
    fromLogits,
    labelSmoothing,
    lossAxis,
    reduction,
  ],
};
