import { optional } from "./arguments/basic.ts";
import { integer, numberBetween } from "./arguments/numbers.ts";
import { identityLayer } from "./identity-layer.ts";

/** Multiplies by noise in training only: the forward function passes its input through. No weights. */
export const gaussianDropout = identityLayer("GaussianDropout", [
  { name: "rate", type: numberBetween(0, 1), formerName: "p" },
  { name: "seed", type: optional(integer), default: null },
]);
