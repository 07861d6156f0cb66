import type { EinsumContraction } from "../../ir/graph-builder.ts";
import { samplesAxis } from "../../ir/samples.ts";
import { add, local } from "../../ir/scalar.ts";
import { elementCount, type Shape } from "../../ir/shape.ts";
import { staticSize } from "../../ir/size.ts";
import type { StepOrigin, StepTensor } from "../../ir/step-graph.ts";
import { none } from "../broadcast.ts";
import type { GrowingStep } from "../growing-step.ts";

/** Sums of products over any axes, and a bias along some of those that are left. */
export function einsum(
  step: GrowingStep,
  input: StepTensor,
  { axes, kernel, bias }: EinsumContraction,
  shape: Shape,
  of: StepOrigin,
): StepTensor {
  const sums = step.contract(
    axes.map(({ size, input: left, kernel: right, output, contracted }) => ({
      size,
      left,
      right: staticSize(right),
      output,
      summed: contracted,
    })),
    [input, step.variable(kernel)],
    shape,
    of,
  );
  if (bias === undefined) return sums;
  const kept = axes.filter(({ contracted }) => !contracted);
  const output = step.tensor(shape, sums.perSample);
  const inSums = [elementCount(shape), ...kept.map((axis) => axis.output)];
  step.operations.push({
    kind: "nest",
    axes: [samplesAxis, ...kept.map(({ size }) => size)],
    operands: [
      { name: "x", tensor: sums, strides: inSums },
      { name: "bias", tensor: step.variable(bias), strides: [none, ...kept.map((axis) => staticSize(axis.bias))] },
    ],
    results: [{ tensor: output, strides: inSums, value: add(local("x"), local("bias")) }],
    ...of,
  });
  return output;
}
