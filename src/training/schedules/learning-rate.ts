import { nonNegativeNumber } from "../../layers/arguments/numbers.ts";
import { reportWrongType } from "../../layers/arguments/wrong-type.ts";
import type { ArgumentType, KerasObject } from "../../layers/definition.ts";
import { objectType } from "../../layers/keras-objects/types.ts";
import { schedules } from "./index.ts";

const schedule = objectType("schedule", "a learning-rate schedule", schedules);

const expected = `${nonNegativeNumber.expected} or ${schedule.expected}`;

/** A learning rate that stays, as `0.01`, or a schedule, as `exponential_decay(0.1, 1000, 0.9)`. */
const rateOrSchedule: ArgumentType<number | KerasObject> = {
  ...schedule,
  expected,
  convert(value, site) {
    switch (value.kind) {
      case "number":
        return nonNegativeNumber.convert(value, site);
      case "word":
      case "call":
        return schedule.convert(value, site);
      default:
        return reportWrongType(value, expected, site);
    }
  },
};

/** The first parameter of every optimizer. */
export function learningRate<const Preset extends number>(preset: Preset) {
  const doc = "How far each step goes: a number, or a schedule by which it changes from step to step.";
  return { name: "learning_rate", type: rateOrSchedule, default: preset, doc } as const;
}
