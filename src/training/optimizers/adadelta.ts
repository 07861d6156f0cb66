import { numberBetween } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import { defineOptimizer } from "./definition.ts";
import { epsilon } from "./parameters.ts";
import { add, constant, div, local, mul, neg, sqrt, type Scalar } from "../../ir/scalar.ts";
import { stepLocal } from "../../ir/step-number.ts";
import { g, gradientSquared, mixed, w } from "./moving-averages.ts";

/** `w += rate * d` with `d = -g * rms(earlier d) / rms(g)`, each root of a moving average of squares. */
export const adadelta = defineOptimizer({
  identifier: "adadelta",
  className: "Adadelta",
  doc: "Scales each gradient by the root mean square of the latest changes over that of the latest gradients.",
  parameters: [
    learningRate(0.001),
    {
      name: "rho",
      type: numberBetween(0, 1),
      default: 0.95,
      doc: "The share of the moving averages that each step keeps.",
    },
    epsilon,
    ...commonParameters,
  ],
  rule({ rho, epsilon }) {
    const gradients = mixed(local("accumulated_grad"), gradientSquared, rho);
    const rms = (mean: Scalar): Scalar => sqrt(add(mean, constant(epsilon)));
    const delta = neg(div(mul(rms(local("accumulated_delta_var")), g), rms(gradients)));
    return {
      slots: { accumulated_grad: 0, accumulated_delta_var: 0 },
      numbers: { rate: stepLocal("learning_rate") },
      assign: {
        accumulated_grad: gradients,
        accumulated_delta_var: mixed(local("accumulated_delta_var"), mul(delta, delta), rho),
        w: add(w, mul(local("rate"), delta)),
      },
    };
  },
});
