import { listOf, optional } from "./arguments/basic.ts";
import { integer, numberBetween, positiveInteger } from "./arguments/numbers.ts";
import { identityLayer } from "./identity-layer.ts";

/** The shape of a dropout mask, with the batch axis as in Keras; an axis that is `none` keeps the input's. */
const noiseShape = optional(listOf(optional(positiveInteger), "a list of positive integers or none"));

/** Acts in training only: the forward function passes its input through. No weights. */
export const dropout = identityLayer("Dropout", [
  { name: "rate", type: numberBetween(0, 1), formerName: "p" },
  { name: "noise_shape", type: noiseShape, default: null },
  { name: "seed", type: optional(integer), default: null },
]);
