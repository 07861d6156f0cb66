import type { WeightTensor } from "../../ir/graph.ts";
import { add, local } from "../../ir/scalar.ts";
import { elementCount } from "../../ir/shape.ts";
import { one, staticSize } from "../../ir/size.ts";
import type { StepOrigin, StepTensor } from "../../ir/step-graph.ts";
import { none } from "../broadcast.ts";
import type { GrowingStep } from "../growing-step.ts";

/** `input [..., inputs]`, `kernel [inputs, units]` -> `[..., units]` */
export function dense(
  step: GrowingStep,
  input: StepTensor,
  kernel: WeightTensor,
  bias: WeightTensor | undefined,
  of: StepOrigin,
): StepTensor {
  const [inputs = 0, units = 0] = kernel.shape;
  const rows = input.shape.slice(0, -1);
  const sums = step.contract(
    [
      { size: elementCount(rows), left: staticSize(inputs), right: none, output: staticSize(units), summed: false },
      { size: staticSize(units), left: none, right: one, output: one, summed: false },
      { size: staticSize(inputs), left: one, right: staticSize(units), output: none, summed: true },
    ],
    [input, step.variable(kernel)],
    [...rows, staticSize(units)],
    of,
  );
  if (bias === undefined) return sums;
  return step.map({ x: sums, bias: step.variable(bias) }, add(local("x"), local("bias")), of);
}
