import { nonNegativeNumber, positiveNumber } from "../../layers/arguments/numbers.ts";
import { defineSchedule, iterations } from "./definition.ts";
import { initialLearningRate, staircase } from "./parameters.ts";
import { floorOf, over, power, times } from "../../ir/step-number.ts";

/** `initial * decay_rate ** (iterations / decay_steps)` */
export const exponentialDecay = defineSchedule({
  identifier: "exponential_decay",
  className: "ExponentialDecay",
  doc: "The learning rate times a factor that is multiplied again and again.",
  parameters: [
    initialLearningRate,
    {
      name: "decay_steps",
      type: positiveNumber,
      doc: "After so many steps the rate has been multiplied by `decay_rate`.",
    },
    { name: "decay_rate", type: nonNegativeNumber, doc: "The factor." },
    staircase,
  ],
  rate({ initial_learning_rate: initial, decay_steps: steps, decay_rate: factor, staircase }) {
    const periods = over(iterations, steps);
    return times(initial, power(factor, staircase ? floorOf(periods) : periods));
  },
});
