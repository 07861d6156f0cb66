import { numberBelowOne } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import { defineOptimizer } from "./definition.ts";
import { beta1, epsilon } from "./parameters.ts";
import { abs, add, constant, div, local, max, mul, sub } from "../../ir/scalar.ts";
import { stepLocal } from "../../ir/step-number.ts";
import { filled, g, moved, w } from "./moving-averages.ts";

/** `w -= rate * m / ((1 - beta_1 ** step) * (u + epsilon))`, where `u` is the largest `|g|`, which fades by `beta_2`. */
export const adamax = defineOptimizer({
  identifier: "adamax",
  className: "Adamax",
  doc: "Adam with the largest of the latest gradients in place of their root mean square.",
  parameters: [
    learningRate(0.001),
    beta1,
    {
      name: "beta_2",
      type: numberBelowOne,
      default: 0.999,
      doc: "The share of the largest gradient so far that each step keeps.",
    },
    epsilon,
    ...commonParameters,
  ],
  rule({ beta_1: beta1, beta_2: beta2, epsilon }) {
    const momentum = moved(local("momentum"), g, beta1);
    const norm = max(mul(constant(beta2), local("norm")), abs(g));
    const divisor = mul(local("filled"), add(norm, constant(epsilon)));
    return {
      slots: { momentum: 0, norm: 0 },
      numbers: { rate: stepLocal("learning_rate"), filled: filled(beta1) },
      assign: { momentum, norm, w: sub(w, div(mul(local("rate"), momentum), divisor)) },
    };
  },
});
