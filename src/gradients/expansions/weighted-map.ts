import type { WeightedMap, WeightOperand } from "../../ir/graph.ts";
import type { Shape } from "../../ir/shape.ts";
import { staticSize } from "../../ir/size.ts";
import type { NestOperand, StepOrigin, StepTensor } from "../../ir/step-graph.ts";
import { broadcastStrides, nestAxes, none } from "../broadcast.ts";
import type { GrowingStep } from "../growing-step.ts";

/** A function of each element and of the elements of arrays at its place. */
export function weightedMap(
  step: GrowingStep,
  input: StepTensor,
  { view, weights, body }: WeightedMap,
  of: StepOrigin,
): StepTensor {
  const to = { shape: view, perSample: input.perSample };
  const seen = { ...input, shape: view };
  const output = step.tensor(view, input.perSample);
  step.operations.push({
    kind: "nest",
    axes: nestAxes(to),
    operands: [{ name: "x", tensor: seen, strides: broadcastStrides(seen, to) }, ...weightOperands(step, weights, to)],
    results: [{ tensor: output, strides: broadcastStrides(output, to), value: body }],
    ...of,
  });
  return { ...output, shape: input.shape };
}

/** Weights with the strides that a layer gives along the axes of a view. */
export function weightOperands(
  step: GrowingStep,
  weights: readonly WeightOperand[],
  { perSample }: { readonly shape: Shape; readonly perSample: boolean },
): readonly NestOperand[] {
  return weights.map(({ name, weight, strides }) => ({
    name,
    tensor:
      weight.values === undefined
        ? step.variable(weight)
        : step.constant(weight.shape.map(staticSize), [...weight.values]),
    strides: [...(perSample ? [none] : []), ...strides.map(staticSize)],
  }));
}
