import { optional } from "../../layers/arguments/basic.ts";
import { integer } from "../../layers/arguments/numbers.ts";
import { fromLogits, lossAxis, reduction } from "./parameters.ts";
import type { LossDefinition } from "./definition.ts";

export const sparseCategoricalCrossentropy: LossDefinition = {
  kind: "loss",
  identifier: "sparse_categorical_crossentropy",
  className: "SparseCategoricalCrossentropy",
  doc: "How far the probabilities of classes are from targets that are the index of a class: for a softmax.",
  targets: "labels",
  parameters: [
    fromLogits,
    {
      name: "ignore_class",
      type: optional(integer),
      default: null,
      doc: "A label whose places count as nothing; `none`: all count.",
    },
    reduction,
    lossAxis,
  ],
};
