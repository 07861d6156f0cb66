import { add, constant, div, local, max, mul, sqrt, sub } from "../../ir/scalar.ts";
import { over, rootOf, stepLocal, times } from "../../ir/step-number.ts";
import type { UpdateRule } from "./definition.ts";
import { filled, g, gradientSquared, moved, w } from "./moving-averages.ts";

interface AdamConfig {
  readonly beta_1: number;
  readonly beta_2: number;
  readonly epsilon: number;
  readonly amsgrad: boolean;
}

/**
 * `w -= alpha * m / (sqrt(v) + epsilon)`, where `m` and `v` are moving averages of `g` and `g * g`, and
 * `alpha = rate * sqrt(1 - beta_2 ** step) / (1 - beta_1 ** step)` makes up for their beginning with 0. Keras' form, in which
 * epsilon is added to the uncorrected root.
 */
export function adamRule({ beta_1: beta1, beta_2: beta2, epsilon, amsgrad }: AdamConfig): UpdateRule {
  const momentum = moved(local("momentum"), g, beta1);
  const velocity = moved(local("velocity"), gradientSquared, beta2);
  const largest = max(local("velocity_hat"), velocity);
  const deviation = add(sqrt(amsgrad ? largest : velocity), constant(epsilon));
  return {
    slots: { momentum: 0, velocity: 0, ...(amsgrad ? { velocity_hat: 0 } : {}) },
    numbers: { alpha: over(times(stepLocal("learning_rate"), rootOf(filled(beta2))), filled(beta1)) },
    assign: {
      momentum,
      velocity,
      ...(amsgrad ? { velocity_hat: largest } : {}),
      w: sub(w, div(mul(momentum, local("alpha")), deviation)),
    },
  };
}
