import { boolean } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber, positiveNumber } from "../../layers/arguments/numbers.ts";
import { defineSchedule, iterations } from "./definition.ts";
import { initialLearningRate } from "./parameters.ts";
import { choose, floorOf, least, minus, negated, over, plus, power, times } from "../../ir/step-number.ts";

/** `(initial - end) * (1 - iterations / decay_steps) ** power + end`, until `decay_steps` or in cycles, each longer. */
export const polynomialDecay = defineSchedule({
  identifier: "polynomial_decay",
  className: "PolynomialDecay",
  doc: "The learning rate goes down to a last one along a power of what is left.",
  parameters: [
    initialLearningRate,
    { name: "decay_steps", type: positiveNumber, doc: "How many steps it goes down for." },
    { name: "end_learning_rate", type: nonNegativeNumber, default: 0.0001, doc: "The last learning rate." },
    { name: "power", type: nonNegativeNumber, default: 1, doc: "The power; 1: along a straight line." },
    {
      name: "cycle",
      type: boolean,
      default: false,
      doc: "Whether it begins again, each time from lower, beyond `decay_steps`.",
    },
  ],
  rate({ initial_learning_rate: initial, decay_steps: steps, end_learning_rate: end, power: exponent, cycle }) {
    const periods = negated(floorOf(negated(over(iterations, steps))));
    const done = cycle
      ? over(iterations, times(steps, choose(iterations, "gt", 0, periods, 1)))
      : over(least(iterations, steps), steps);
    return plus(times(initial - end, power(minus(1, done), exponent)), end);
  },
});
