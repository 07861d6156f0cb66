import { div, exp, local, sub, x } from "../../ir/scalar.ts";
import type { StepOrigin, StepTensor } from "../../ir/step-graph.ts";
import type { GrowingStep } from "../growing-step.ts";

/** `exp(x - max) / sum(exp(x - max))` along an axis. Nothing depends on the maximum, so no gradient flows through it. */
export function softmax(step: GrowingStep, input: StepTensor, axis: number, of: StepOrigin): StepTensor {
  const along = { axes: [axis], keep: true };
  const maximum: StepTensor = { ...step.reduce({ x: input }, x, { combine: "max", ...along }, of), stopped: true };
  const powers = step.map({ x: input, maximum }, exp(sub(x, local("maximum"))), of);
  const total = step.reduce({ x: powers }, x, { combine: "sum", ...along }, of);
  return step.map({ x: powers, total }, div(x, local("total")), of);
}
