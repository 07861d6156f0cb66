import { x } from "../ir/scalar.ts";
import type { ElementwiseActivation } from "./definition.ts";

/** The identity; Keras' default. */
export const linear: ElementwiseActivation = {
  kind: "elementwise",
  name: "linear",
  parameters: [],
  formula: () => "x",
  body: () => x,
};
