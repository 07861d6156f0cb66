import { nonNegativeNumber, positiveNumber } from "../../layers/arguments/numbers.ts";
import { defineSchedule, iterations } from "./definition.ts";
import { initialLearningRate } from "./parameters.ts";
import { floorOf, logOf, minus, over, power, times } from "../../ir/step-number.ts";
import { cosineFraction } from "./cosine-fraction.ts";

/** Half waves of the cosine, each `t_mul` times as long and `m_mul` times as high as the one before. */
export const cosineDecayRestarts = defineSchedule({
  identifier: "cosine_decay_restarts",
  className: "CosineDecayRestarts",
  doc: "Half waves of the cosine, one after the other: the learning rate goes down and begins again.",
  parameters: [
    initialLearningRate,
    { name: "first_decay_steps", type: positiveNumber, doc: "How many steps the first half wave has." },
    {
      name: "t_mul",
      type: positiveNumber,
      default: 2,
      doc: "How many times as long each half wave is as the one before.",
    },
    {
      name: "m_mul",
      type: nonNegativeNumber,
      default: 1,
      doc: "How many times as high each half wave begins as the one before.",
    },
    {
      name: "alpha",
      type: nonNegativeNumber,
      default: 0,
      doc: "The share of the first rate that is left at each end.",
    },
  ],
  rate({ initial_learning_rate: initial, first_decay_steps: first, t_mul: longer, m_mul: higher, alpha }) {
    const waves = over(iterations, first);
    const restarts =
      longer === 1 ? floorOf(waves) : floorOf(over(logOf(minus(1, times(waves, 1 - longer))), Math.log(longer)));
    const length = power(longer, restarts);
    const before = longer === 1 ? restarts : over(minus(1, length), 1 - longer);
    const done = longer === 1 ? minus(waves, before) : over(minus(waves, before), length);
    return times(initial, cosineFraction(done, alpha, power(higher, restarts)));
  },
});
