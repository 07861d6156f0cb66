import { optional } from "../../layers/arguments/basic.ts";
import { integer } from "../../layers/arguments/numbers.ts";
import { fromLogits, lossAxis } from "../losses/parameters.ts";
import type { MetricDefinition } from "./definition.ts";

export const sparseCategoricalCrossentropy: MetricDefinition = {
  kind: "metric",
  identifier: "sparse_categorical_crossentropy",
  className: "SparseCategoricalCrossentropy",
  doc: "How far the probabilities of classes are from targets that are the index of a class.",
  targets: "labels",
  parameters: [
    fromLogits,
    {
      name: "ignore_class",
      type: optional(integer),
      default: null,
      doc: "A label whose places count as nothing; `none`: all count.",
    },
    lossAxis,
  ],
};
