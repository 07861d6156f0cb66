import { ownValue, type JsonObject, type JsonValue } from "../files/json.ts";
import type { KerasObjectDefinition } from "../layers/keras-objects/definition.ts";
import { inverseTimeDecay } from "../training/schedules/inverse-time-decay.ts";
import { unrounded } from "./argument-values.ts";

/**
 * The arguments of an optimizer with the `decay` of Keras 2 as the schedule that it is: the learning rate divided by
 * `1 + decay * iterations`. That of a schedule stays, for the clause has no schedule of a schedule.
 */
export function withoutDecay(config: JsonObject, { parameters }: KerasObjectDefinition): JsonObject {
  const { decay, ...others } = config;
  const preset = parameters.find(({ name }) => name === "learning_rate")?.default as JsonValue | undefined;
  const rate = ownValue(others, "learning_rate") ?? preset;
  if (typeof decay !== "number" || !(decay > 0) || typeof rate !== "number") return config;
  const schedule: JsonObject = {
    initial_learning_rate: unrounded(rate),
    decay_steps: 1,
    decay_rate: unrounded(decay),
  };
  return { ...others, learning_rate: { module: "keras", class_name: inverseTimeDecay.className, config: schedule } };
}
