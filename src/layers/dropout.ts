import { listOf, optional } from "./arguments/basic.ts";
import { integer, numberBetween, positiveInteger } from "./arguments/numbers.ts";
import { identityLayer } from "./identity-layer.ts";

/** The shape of a dropout mask, with the batch axis as in Keras; an axis that is `none` keeps the input's. */
const noiseShape = optional(listOf(optional(positiveInteger), "a list of positive integers or none"));

/** Acts in training only: the forward function passes its input through. No weights. */
export const dropout = identityLayer(
  "Dropout",
  "Sets values, chosen at random, to zero in training, against overfitting; otherwise it passes its input through.",
  [
    {
      name: "rate",
      type: numberBetween(0, 1),
      formerName: "p",
      doc: "The share of values that are dropped, from 0 to 1.",
    },
    {
      name: "noise_shape",
      type: noiseShape,
      default: null,
      doc: "The shape of the random mask, with the batch axis: along an axis of size 1 all values share their fate. `none`: each has its own.",
    },
    {
      name: "seed",
      type: optional(integer),
      default: null,
      doc: "The seed of the random numbers in training; `none`: others each time.",
    },
  ],
);
