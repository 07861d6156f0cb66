import { boolean } from "../../layers/arguments/basic.ts";
import { numberBetween } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import { defineOptimizer } from "./definition.ts";
import { add, constant, local, mul, sub } from "../../ir/scalar.ts";
import { stepLocal } from "../../ir/step-number.ts";
import { g, w } from "./moving-averages.ts";

/** `w -= rate * g`; with momentum, `m = momentum * m - rate * g` is added instead, which Nesterov's goes on from. */
export const sgd = defineOptimizer({
  identifier: "sgd",
  className: "SGD",
  doc: "Gradient descent: each step goes against the gradient, with momentum where that is given.",
  parameters: [
    learningRate(0.01),
    { name: "momentum", type: numberBetween(0, 1), default: 0, doc: "The share of the last step that is gone again." },
    {
      name: "nesterov",
      type: boolean,
      default: false,
      doc: "Whether the gradient acts once more after the momentum (Nesterov's).",
    },
    ...commonParameters,
  ],
  rule({ momentum, nesterov }) {
    const numbers = { rate: stepLocal("learning_rate") };
    const change = mul(g, local("rate"));
    if (momentum === 0) return { slots: {}, numbers, assign: { w: sub(w, change) } };
    const share = constant(momentum);
    const moving = sub(mul(local("momentum"), share), change);
    const next = nesterov ? sub(mul(moving, share), change) : moving;
    return { slots: { momentum: 0 }, numbers, assign: { momentum: moving, w: add(w, next) } };
  },
});
