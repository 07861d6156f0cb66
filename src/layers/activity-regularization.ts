import { nonNegativeNumber } from "./arguments/numbers.ts";
import { identityLayer } from "./identity-layer.ts";

/** Adds a penalty on its input to the loss in training; the forward function passes the input through. No weights. */
export const activityRegularization = identityLayer("ActivityRegularization", [
  { name: "l1", type: nonNegativeNumber, default: 0 },
  { name: "l2", type: nonNegativeNumber, default: 0 },
]);
