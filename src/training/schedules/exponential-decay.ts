import { boolean } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber, positiveNumber } from "../../layers/arguments/numbers.ts";
import type { ScheduleDefinition } from "./definition.ts";

export const exponentialDecay: ScheduleDefinition = {
  kind: "schedule",
  identifier: "exponential_decay",
  className: "ExponentialDecay",
  doc: "The learning rate times a factor that is multiplied again and again.",
  parameters: [
    { name: "initial_learning_rate", type: nonNegativeNumber, doc: "The learning rate of the first step." },
    {
      name: "decay_steps",
      type: positiveNumber,
      doc: "After so many steps the rate has been multiplied by `decay_rate`.",
    },
    { name: "decay_rate", type: nonNegativeNumber, doc: "The factor." },
    {
      name: "staircase",
      type: boolean,
      default: false,
      doc: "Whether the rate changes only after every `decay_steps` steps.",
    },
  ],
};
