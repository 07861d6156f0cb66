import { add, constant, div, exp, local, mul, neg, x } from "../../ir/scalar.ts";
import { elementCount } from "../../ir/shape.ts";
import { multiplySizes, staticSize, type Size } from "../../ir/size.ts";
import type { StepOrigin, StepTensor } from "../../ir/step-graph.ts";
import type { GrowingStep } from "../growing-step.ts";

/** The first half along an axis times the sigmoid of the second. */
export function glu(step: GrowingStep, input: StepTensor, axis: number, of: StepOrigin): StepTensor {
  const size = input.shape[axis] as Size;
  const half = { ...size, factor: size.factor / 2 };
  const inner = multiplySizes(half, elementCount(input.shape.slice(axis + 1)));
  const outer = input.shape.slice(0, axis);
  const halves = { ...input, shape: [...outer, staticSize(2), inner] };
  const first = step.slice(halves, axis, 0, 1, of);
  const second = step.slice(halves, axis, 1, 2, of);
  const output = step.map(
    { x: first, gate: second },
    mul(x, div(constant(1), add(constant(1), exp(neg(local("gate")))))),
    of,
  );
  return { ...output, shape: [...outer, half, ...input.shape.slice(axis + 1)] };
}
