import type { Tensor } from "../../ir/graph.ts";
import { add, constant, div, local, mul, sqrt, type Scalar } from "../../ir/scalar.ts";
import type { StepBuilder } from "../../ir/step-graph.ts";

/**
 * A weight with its vectors along some axes scaled from their length to the one that `wanted` makes of the local `length`. Keras
 * adds its epsilon, 1e-7, to the length that it divides by.
 */
export function scaledToLength(
  graph: StepBuilder,
  weight: Tensor,
  axes: number | readonly number[],
  wanted: Scalar,
): Tensor {
  const along = [axes].flat().map((axis) => (axis < 0 ? axis + weight.shape.length : axis));
  const w = local("w");
  const squares = graph.reduce({ w: weight }, mul(w, w), { combine: "sum", axes: along, keep: true });
  const length = graph.map({ squares }, sqrt(local("squares")));
  const scale = div(wanted, add(constant(1e-7), local("length")));
  return graph.map({ w: weight, length }, mul(w, scale));
}
