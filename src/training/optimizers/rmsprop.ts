import { boolean } from "../../layers/arguments/basic.ts";
import { numberBetween } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import { defineOptimizer } from "./definition.ts";
import { epsilon } from "./parameters.ts";
import { add, constant, div, local, mul, sqrt, sub } from "../../ir/scalar.ts";
import { stepLocal } from "../../ir/step-number.ts";
import { g, gradientSquared, mixed, w } from "./moving-averages.ts";

/** `w -= rate * g / sqrt(v + epsilon)`, where `v` is a moving average of `g * g`, or of the variance of `g`. */
export const rmsprop = defineOptimizer({
  identifier: "rmsprop",
  className: "RMSprop",
  doc: "Divides each gradient by the root of a moving average of its squares.",
  parameters: [
    learningRate(0.001),
    {
      name: "rho",
      type: numberBetween(0, 1),
      default: 0.9,
      doc: "The share of the moving averages that each step keeps.",
    },
    { name: "momentum", type: numberBetween(0, 1), default: 0, doc: "The share of the last step that is gone again." },
    epsilon,
    {
      name: "centered",
      type: boolean,
      default: false,
      doc: "Whether the squares are those about the moving average of the gradient: its variance.",
    },
    ...commonParameters,
  ],
  rule({ rho, momentum, epsilon, centered }) {
    const velocity = mixed(local("velocity"), gradientSquared, rho);
    const average = mixed(local("average_gradient"), g, rho);
    const variance = centered ? sub(velocity, mul(average, average)) : velocity;
    const change = div(mul(local("rate"), g), sqrt(add(variance, constant(epsilon))));
    const moving = momentum > 0 ? add(mul(constant(momentum), local("momentum")), change) : change;
    return {
      slots: {
        velocity: 0,
        ...(momentum > 0 ? { momentum: 0 } : {}),
        ...(centered ? { average_gradient: 0 } : {}),
      },
      numbers: { rate: stepLocal("learning_rate") },
      assign: {
        velocity,
        ...(momentum > 0 ? { momentum: moving } : {}),
        ...(centered ? { average_gradient: average } : {}),
        w: sub(w, moving),
      },
    };
  },
});
