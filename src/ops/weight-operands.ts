import type { WeightOperand } from "../ir/graph.ts";
import { load, rowMajor, type Value } from "../ir/loops.ts";
import { staticSize, type Size } from "../ir/size.ts";
import { axesIndex, type NamedAxis } from "./axes.ts";

/** How far a step along an axis of the view moves in each operand, for the loops over the view. */
export function operandStrides(operands: readonly WeightOperand[], axis: number): readonly Size[] {
  return operands.map(({ strides }) => staticSize(strides[axis] ?? 0));
}

/** The elements of operands as values of their locals; `first` is the place of their strides among those of an axis. */
export function operandValues(
  operands: readonly WeightOperand[],
  axes: readonly NamedAxis[],
  first: number,
): readonly (readonly [string, Value])[] {
  return operands.map(({ name, weight }, at) => [name, load(rowMajor(weight), axesIndex(axes, first + at))]);
}
