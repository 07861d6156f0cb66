import type { KerasObjectDefinition } from "../../layers/keras-objects/definition.ts";

/** What changes the weights at each step of training: one of these per file, listed in `index.ts`. */
export interface OptimizerDefinition extends KerasObjectDefinition {
  readonly kind: "optimizer";
}
