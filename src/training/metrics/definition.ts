import type { KerasObjectDefinition } from "../../layers/keras-objects/definition.ts";

/** What is measured of the outputs beside the loss: one of these per file, listed in `index.ts`. */
export interface MetricDefinition extends KerasObjectDefinition {
  readonly kind: "metric";
  /**
   * What the targets are: numbers of the output's shape, the index of a class in place of the last axis, or either: what the
   * loss has.
   */
  readonly targets: "same" | "labels" | "either";
}
