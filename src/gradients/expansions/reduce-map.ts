import type { Reduction } from "../../ir/graph.ts";
import type { Scalar } from "../../ir/scalar.ts";
import type { Shape } from "../../ir/shape.ts";
import type { StepOrigin, StepTensor } from "../../ir/step-graph.ts";
import { broadcastOperands, broadcastStrides, nestAxes } from "../broadcast.ts";
import type { GrowingStep } from "../growing-step.ts";
import { localsOf, replaceLocals } from "../substitute.ts";
import { weightOperands } from "./weighted-map.ts";

/** Statistics along axes, each a value of its own, and what is made of them. */
export function reduceMap(
  step: GrowingStep,
  input: StepTensor,
  { view, axes, steps, result }: Reduction,
  shape: Shape,
  of: StepOrigin,
): StepTensor {
  const x = { ...input, shape: view };
  const statistics = new Map<string, StepTensor>();
  const lets = new Map<string, Scalar>();
  const operandsOf = (bodies: readonly Scalar[]): Readonly<Record<string, StepTensor>> => {
    const names = localsOf(bodies);
    const found = [...statistics].filter(([name]) => names.has(name));
    return Object.fromEntries(names.has("x") ? [["x", x], ...found] : found);
  };
  for (const one of steps) {
    if (one.kind === "let") {
      lets.set(one.name, replaceLocals(one.value, lets));
      continue;
    }
    const term = replaceLocals(one.term, lets);
    const options = { combine: one.combine, axes, keep: true };
    statistics.set(one.name, step.reduce({ ...operandsOf([term]), x }, term, options, of));
  }
  if (result.kind === "statistic") {
    const value = replaceLocals(result.value, lets);
    return { ...step.map(operandsOf([value]), value, of), shape };
  }
  const body = replaceLocals(result.body, lets);
  const to = { shape: view, perSample: input.perSample };
  const output = step.tensor(view, input.perSample);
  step.operations.push({
    kind: "nest",
    axes: nestAxes(to),
    operands: [
      ...broadcastOperands(Object.entries({ ...operandsOf([body]), x }), to),
      ...weightOperands(step, result.weights, to),
    ],
    results: [{ tensor: output, strides: broadcastStrides(output, to), value: body }],
    ...of,
  });
  return { ...output, shape };
}
