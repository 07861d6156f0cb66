import { listOf, listOr } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber, number } from "../../layers/arguments/numbers.ts";
import { fromLogits, labelSmoothing, lossAxis, reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const categoricalFocalCrossentropy: LossDefinition = {
  kind: "loss",
  identifier: "categorical_focal_crossentropy",
  className: "CategoricalFocalCrossentropy",
  doc: "Categorical cross-entropy in which what is nearly right counts less.",
  targets: "same",
  parameters: [
    {
      name: "alpha",
      type: listOr(listOf(number, "a list of numbers"), number),
      default: 0.25,
      doc: "How much every class counts, or each, as a list.",
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
