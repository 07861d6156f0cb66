import { optional } from "./arguments/basic.ts";
import { integer, numberBetween } from "./arguments/numbers.ts";
import { identityLayer } from "./identity-layer.ts";

/** Adds noise in training only: the forward function passes its input through. No weights. */
export const gaussianNoise = identityLayer("GaussianNoise", [
  { name: "stddev", type: numberBetween(0, 1), formerName: "sigma" },
  { name: "seed", type: optional(integer), default: null },
]);
