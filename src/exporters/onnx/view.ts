import { reorderArray } from "../../files/reorder-array.ts";
import type { WeightOperand } from "../../ir/graph.ts";
import { product } from "../../ir/product.ts";
import { shapesEqual, type Shape } from "../../ir/shape.ts";
import { isStatic, type Size } from "../../ir/size.ts";
import type { NodeWriter } from "./graph-writer.ts";
import { reshapeNodes } from "./reshape.ts";
import type { GraphInput, ShapedTensor } from "./shaped-tensor.ts";

/** The tensor under another shape of the same order. */
export function underShape(tensor: ShapedTensor, shape: Shape, writer: NodeWriter, graphInput: GraphInput): string {
  return shapesEqual(tensor.shape, shape) ? tensor.name : reshapeNodes(tensor, shape, writer, graphInput);
}

/** The arrays beside an input as constants that broadcast along the axes of the view, by the names of their locals. */
export function operandLocals(
  operands: readonly WeightOperand[],
  view: Shape,
  writer: NodeWriter,
): readonly (readonly [string, string])[] {
  return operands.map(({ name, weight, strides }) => {
    const shape = strides.map((stride, axis) => (stride === 0 ? 1 : staticExtent(view[axis] as Size)));
    const elements = product(shape);
    const source = writer.values(weight);
    if (isRowMajor(shape, strides) && elements === source.length) return [name, writer.weight(weight, shape)];
    return [name, writer.constant(name, shape, reorderArray(source, shape, strides))];
  });
}

function staticExtent(size: Size): number {
  if (!isStatic(size)) throw new Error("an array can't have a run-time size");
  return size.factor;
}

/** Whether the array lies in the order of the axes that it has. */
function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (strides[axis] === 0 || shape[axis] === 1) continue;
    if (strides[axis] !== expected) return false;
    expected *= shape[axis] as number;
  }
  return true;
}
