import type { KerasObjectDefinition } from "../../layers/keras-objects/definition.ts";

/** How the learning rate goes on from step to step: one of these per file, listed in `index.ts`. */
export interface ScheduleDefinition extends KerasObjectDefinition {
  readonly kind: "schedule";
}
