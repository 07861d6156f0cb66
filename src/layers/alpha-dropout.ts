import type { LayerDefinition } from "./definition.ts";
import { dropout } from "./dropout.ts";

/** Dropout for `selu` networks: the same arguments, and in the forward function as little effect. */
export const alphaDropout: LayerDefinition = {
  ...dropout,
  className: "AlphaDropout",
  doc: "A dropout that keeps mean and variance of its input, for networks with `selu`; it acts in training only.",
};
