import { cosineOf, plus, stepNumber, times, type StepNumber } from "../../ir/step-number.ts";

/** `(1 - alpha) * (0.5 * height * (1 + cos(pi * done))) + alpha`: from 1 down to `alpha` while `done` goes from 0 to 1. */
export function cosineFraction(done: StepNumber, alpha: number, height?: StepNumber): StepNumber {
  const half = height === undefined ? stepNumber(0.5) : times(0.5, height);
  return plus(times(1 - alpha, times(half, plus(1, cosineOf(times(Math.PI, done))))), alpha);
}
