import { optional } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber, positiveNumber } from "../../layers/arguments/numbers.ts";
import { defineSchedule, iterations } from "./definition.ts";
import { initialLearningRate } from "./parameters.ts";
import { choose, least, minus, over, plus, times, type StepNumber } from "../../ir/step-number.ts";
import { cosineFraction } from "./cosine-fraction.ts";

/** Half a wave of the cosine down from `initial`, or from `warmup_target` after a straight line up to it. */
export const cosineDecay = defineSchedule({
  identifier: "cosine_decay",
  className: "CosineDecay",
  doc: "The learning rate goes down along half a wave of the cosine, after a linear warm-up where there is one.",
  parameters: [
    initialLearningRate,
    { name: "decay_steps", type: positiveNumber, doc: "How many steps it goes down for." },
    { name: "alpha", type: nonNegativeNumber, default: 0, doc: "The share of the rate that is left in the end." },
    {
      name: "warmup_target",
      type: optional(nonNegativeNumber),
      default: null,
      doc: "The rate at the end of the warm-up, from which it goes down; `none`: there is no warm-up.",
    },
    { name: "warmup_steps", type: nonNegativeNumber, default: 0, doc: "How many steps the warm-up has." },
  ],
  rate({ initial_learning_rate: initial, decay_steps: steps, alpha, warmup_target: target, warmup_steps: warmup }) {
    const decayed = (from: number, step: StepNumber): StepNumber =>
      times(from, cosineFraction(over(step, steps), alpha));
    if (target === null) return decayed(initial, least(iterations, steps));
    const step = least(iterations, steps + warmup);
    const warming = plus(times(target - initial, over(step, warmup)), initial);
    return choose(step, "lt", warmup, warming, decayed(target, minus(step, warmup)));
  },
});
