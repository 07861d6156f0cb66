import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import { defineOptimizer } from "./definition.ts";
import { beta1, beta2, epsilon } from "./parameters.ts";
import { add, constant, div, local, mul, sqrt, sub } from "../../ir/scalar.ts";
import { minus, plus, power, stepLocal, times, type StepNumber } from "../../ir/step-number.ts";
import { filled, g, gradientSquared, moved, step, w } from "./moving-averages.ts";

/** How the share of momentum comes up to `beta_1`: `beta_1 * (1 - 0.5 * 0.96 ** step)`. */
const fading = 0.96;

/** Adam whose first moving average is looked at one step ahead, with a share of momentum that grows (Dozat). */
export const nadam = defineOptimizer({
  identifier: "nadam",
  className: "Nadam",
  doc: "Adam with Nesterov's momentum.",
  parameters: [learningRate(0.001), beta1, beta2, epsilon, ...commonParameters],
  rule({ beta_1: beta1, beta_2: beta2, epsilon }) {
    const share = (at: StepNumber): StepNumber => times(beta1, minus(1, times(0.5, power(fading, at))));
    const product = stepLocal("u_product");
    const next = share(plus(step, 1));
    const momentum = moved(local("momentum"), g, beta1);
    const velocity = moved(local("velocity"), gradientSquared, beta2);
    const ahead = add(
      div(mul(local("next_share"), momentum), local("momentum_filled")),
      div(mul(local("gradient_share"), g), local("gradient_filled")),
    );
    const deviation = add(sqrt(div(velocity, local("velocity_filled"))), constant(epsilon));
    return {
      slots: { momentum: 0, velocity: 0 },
      states: {
        u_product: { initial: 1, next: times(times(product, beta1), minus(1, times(0.5, power(fading, step)))) },
      },
      numbers: {
        rate: stepLocal("learning_rate"),
        next_share: next,
        gradient_share: minus(1, share(step)),
        momentum_filled: minus(1, times(product, next)),
        gradient_filled: minus(1, product),
        velocity_filled: filled(beta2),
      },
      assign: { momentum, velocity, w: sub(w, div(mul(ahead, local("rate")), deviation)) },
    };
  },
});
