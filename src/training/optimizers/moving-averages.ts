import { add, constant, local, mul, sub, type Scalar } from "../../ir/scalar.ts";
import { minus, power, stepLocal, type StepNumber } from "../../ir/step-number.ts";

/** The weight that is changed, and its gradient. */
export const w = local("w");
export const g = local("g");
export const gradientSquared = mul(g, g);

/** The number of the step, 1 at the first. */
export const step = stepLocal("step");

/** `average + (value - average) * (1 - beta)`: a moving average as Keras' Adam and what comes from it move theirs. */
export function moved(average: Scalar, value: Scalar, beta: number): Scalar {
  return add(average, mul(sub(value, average), constant(1 - beta)));
}

/** `rho * average + (1 - rho) * value`: the same as Keras' RMSprop and Adadelta move theirs. */
export function mixed(average: Scalar, value: Scalar, rho: number): Scalar {
  return add(mul(constant(rho), average), mul(constant(1 - rho), value));
}

/** `1 - beta ** step`: how much of a moving average, which begins with 0, has come from values. */
export function filled(beta: number): StepNumber {
  return minus(1, power(beta, step));
}
