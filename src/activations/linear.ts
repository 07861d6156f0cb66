import { x } from "../ir/scalar.ts";
import { defineActivation } from "./definition.ts";

/** The identity; Keras' default. */
export const linear = defineActivation({
  kind: "elementwise",
  name: "linear",
  doc: "Leaves values as they are.",
  parameters: [],
  formula: () => "x",
  body: () => x,
});
