import type { KerasObjectDefinition } from "../../layers/keras-objects/definition.ts";

/** What training makes small: one of these per file, listed in `index.ts`. */
export interface LossDefinition extends KerasObjectDefinition {
  readonly kind: "loss";
  /** What the targets are: numbers of the output's shape, or the index of a class in place of the axis of the classes. */
  readonly targets: "same" | "labels";
}
