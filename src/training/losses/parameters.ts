import { boolean, optional } from "../../layers/arguments/basic.ts";
import { oneOf } from "../../layers/arguments/keyword.ts";
import { integer, nonNegativeNumber, numberBetween } from "../../layers/arguments/numbers.ts";

/**
 * How the values of a batch become one number. Keras' `none` is left out: a step has one loss, of which it takes the
 * gradient.
 */
export const reduction = {
  name: "reduction",
  type: oneOf(["sum_over_batch_size", "mean", "sum", "mean_with_sample_weight"]),
  default: "sum_over_batch_size",
  doc: "How the values of a batch become one: their mean, their sum, or the mean by the weights of the samples.",
} as const;

/** Whether probabilities are still to be made of the outputs. */
export const fromLogits = {
  name: "from_logits",
  type: boolean,
  default: false,
  doc: "Whether the outputs are any numbers, of which the loss makes probabilities; else they are probabilities already.",
} as const;

/** How far targets are drawn to equal chances. */
export const labelSmoothing = {
  name: "label_smoothing",
  type: numberBetween(0, 1),
  default: 0,
  doc: "How far targets are drawn away from certainty: 0 leaves them, 1 makes all classes equal.",
} as const;

/** Which axis is gone in the values, with the batch axis counted, as in Keras. */
export const lossAxis = {
  name: "axis",
  type: integer,
  default: -1,
  doc: "The axis that each value is computed along, counted with the batch axis; -1 is the last one.",
} as const;

/** The label that says nothing of its place. */
export const ignoreClass = {
  name: "ignore_class",
  type: optional(integer),
  default: null,
  doc: "A label whose places count as nothing; `none`: all count.",
} as const;

/** By which power of what is lacking a focal loss weighs. */
export const gamma = {
  name: "gamma",
  type: nonNegativeNumber,
  default: 2,
  doc: "How much less what is nearly right counts; 0: as much as all else.",
} as const;
