import { boolean } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber, positiveNumber } from "../../layers/arguments/numbers.ts";
import { defineSchedule, iterations } from "./definition.ts";
import { floorOf, over, plus, times } from "../../ir/step-number.ts";

/** `initial / (1 + decay_rate * iterations / decay_steps)` */
export const inverseTimeDecay = defineSchedule({
  identifier: "inverse_time_decay",
  className: "InverseTimeDecay",
  doc: "The learning rate divided by a number that grows with the steps.",
  parameters: [
    { name: "initial_learning_rate", type: nonNegativeNumber, doc: "The learning rate of the first step." },
    { name: "decay_steps", type: positiveNumber, doc: "After so many steps the divisor has grown by `decay_rate`." },
    { name: "decay_rate", type: nonNegativeNumber, doc: "How much the divisor grows." },
    {
      name: "staircase",
      type: boolean,
      default: false,
      doc: "Whether the rate changes only after every `decay_steps` steps.",
    },
  ],
  rate({ initial_learning_rate: initial, decay_steps: steps, decay_rate: growth, staircase }) {
    const periods = over(iterations, steps);
    return over(initial, plus(1, times(growth, staircase ? floorOf(periods) : periods)));
  },
});
