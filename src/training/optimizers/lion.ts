import { numberBetween, positiveShare } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import { defineOptimizer } from "./definition.ts";
import { add, constant, local, mul, select, sub } from "../../ir/scalar.ts";
import { stepLocal } from "../../ir/step-number.ts";
import { g, w } from "./moving-averages.ts";

/** `w -= rate * sign(beta_1 * m + (1 - beta_1) * g)`; `m` moves by `beta_2`. */
export const lion = defineOptimizer({
  identifier: "lion",
  className: "Lion",
  doc: "Steps of one size: only the sign of a mean of the gradient and its moving average counts.",
  parameters: [
    learningRate(0.001),
    {
      name: "beta_1",
      type: positiveShare,
      default: 0.9,
      doc: "The share of the moving average in the mean whose sign is gone by.",
    },
    {
      name: "beta_2",
      type: numberBetween(0, 1),
      default: 0.99,
      doc: "The share of the moving average that each step keeps.",
    },
    ...commonParameters,
  ],
  rule({ beta_1: beta1, beta_2: beta2 }) {
    const momentum = local("momentum");
    const mean = add(mul(momentum, constant(beta1)), mul(g, constant(1 - beta1)));
    const below = select(mean, "lt", constant(0), constant(-1), mean);
    const sign = select(mean, "gt", constant(0), constant(1), below);
    return {
      slots: { momentum: 0 },
      numbers: { rate: stepLocal("learning_rate") },
      assign: {
        momentum: add(mul(momentum, constant(beta2)), mul(g, constant(1 - beta2))),
        w: sub(w, mul(local("rate"), sign)),
      },
    };
  },
});
