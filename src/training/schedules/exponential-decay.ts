import { boolean } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber, positiveNumber } from "../../layers/arguments/numbers.ts";
import { defineSchedule, iterations } from "./definition.ts";
import { floorOf, over, power, times } from "../../ir/step-number.ts";

/** `initial * decay_rate ** (iterations / decay_steps)` */
export const exponentialDecay = defineSchedule({
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
  rate({ initial_learning_rate: initial, decay_steps: steps, decay_rate: factor, staircase }) {
    const periods = over(iterations, steps);
    return times(initial, power(factor, staircase ? floorOf(periods) : periods));
  },
});
