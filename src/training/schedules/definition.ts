import { stepLocal, type StepNumber } from "../../ir/step-number.ts";
import type { ConfigOf, LayerConfig, ParameterSpec } from "../../layers/definition.ts";
import type { KerasObjectDefinition } from "../../layers/keras-objects/definition.ts";

/** How the learning rate goes on from step to step: one of these per file, listed in `index.ts`. */
export interface ScheduleDefinition<Config = LayerConfig> extends KerasObjectDefinition {
  readonly kind: "schedule";
  /** The learning rate of a step, of the local `iterations`: how many steps came before it. */
  readonly rate: (config: Config) => StepNumber;
}

/** How many steps came before this one. */
export const iterations = stepLocal("iterations");

/** A schedule whose rate gets its arguments with the types of its parameters. */
export function defineSchedule<const Parameters extends readonly ParameterSpec[]>(
  definition: Omit<ScheduleDefinition<ConfigOf<Parameters>>, "kind"> & { readonly parameters: Parameters },
): ScheduleDefinition {
  // Configs are made by the parameters, so that each argument has its type.
  return { kind: "schedule", ...definition } as unknown as ScheduleDefinition;
}
