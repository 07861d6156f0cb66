import { nonNegativeNumber, positiveNumber } from "../../layers/arguments/numbers.ts";
import { defineSchedule, iterations } from "./definition.ts";
import { initialLearningRate, staircase } from "./parameters.ts";
import { floorOf, over, plus, times } from "../../ir/step-number.ts";

/** `initial / (1 + decay_rate * iterations / decay_steps)` */
export const inverseTimeDecay = defineSchedule({
  identifier: "inverse_time_decay",
  className: "InverseTimeDecay",
  doc: "The learning rate divided by a number that grows with the steps.",
  parameters: [
    initialLearningRate,
    { name: "decay_steps", type: positiveNumber, doc: "After so many steps the divisor has grown by `decay_rate`." },
    { name: "decay_rate", type: nonNegativeNumber, doc: "How much the divisor grows." },
    staircase,
  ],
  rate({ initial_learning_rate: initial, decay_steps: steps, decay_rate: growth, staircase }) {
    const periods = over(iterations, steps);
    return over(initial, plus(1, times(growth, staircase ? floorOf(periods) : periods)));
  },
});
