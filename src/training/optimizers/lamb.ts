import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import { defineOptimizer } from "./definition.ts";
import { beta1, beta2, epsilon } from "./parameters.ts";
import { add, constant, div, local, mul, select, sqrt, sub } from "../../ir/scalar.ts";
import { stepLocal } from "../../ir/step-number.ts";
import { filled, g, gradientSquared, moved, w } from "./moving-averages.ts";

/** `w -= rate * |w| / |u| * u`, where `u` is what Adam would go by, and a length of 0 leaves the rate alone. */
export const lamb = defineOptimizer({
  identifier: "lamb",
  className: "Lamb",
  doc: "Adam whose step is as long as the weight's own length allows: for large batches.",
  parameters: [learningRate(0.001), beta1, beta2, epsilon, ...commonParameters],
  rule({ beta_1: beta1, beta_2: beta2, epsilon }) {
    const momentum = moved(local("momentum"), g, beta1);
    const velocity = moved(local("velocity"), gradientSquared, beta2);
    const deviation = add(sqrt(div(velocity, local("velocity_filled"))), constant(epsilon));
    const update = div(div(momentum, local("momentum_filled")), deviation);
    const one = constant(1);
    const zero = constant(0);
    const weightNorm = sqrt(local("weight_squares"));
    const updateNorm = sqrt(local("update_squares"));
    const norms = select(updateNorm, "gt", zero, div(weightNorm, updateNorm), one);
    const trust = select(weightNorm, "gt", zero, norms, one);
    return {
      slots: { momentum: 0, velocity: 0 },
      numbers: {
        rate: stepLocal("learning_rate"),
        momentum_filled: filled(beta1),
        velocity_filled: filled(beta2),
      },
      sums: { weight_squares: mul(w, w), update_squares: mul(update, update) },
      assign: { momentum, velocity, w: sub(w, mul(mul(trust, local("rate")), update)) },
    };
  },
});
