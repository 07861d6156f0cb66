import { identityLayer } from "./identity-layer.ts";

/** Passes its input through. No weights. */
export const identity = identityLayer("Identity", "Passes its input through.", []);
