import type { NestOperation } from "../../ir/step-graph.ts";
import { isStatic, type Size } from "../../ir/size.ts";
import type { NamedAxis } from "../../ops/axes.ts";
import { nestLoopAxes, type NestAxes } from "./nest-axes.ts";

/** Sums of products of two values, and how they lie in memory. */
export interface ContractionAxes {
  /** Which operand is the left one, and which the right one. */
  readonly left: number;
  readonly right: number;
  readonly kept: readonly NamedAxis[];
  readonly reduced: readonly NamedAxis[];
  /** The innermost axis along which only the left operand moves. */
  readonly row: NamedAxis | undefined;
  /** The innermost axis, of known size, along which only the right operand moves. */
  readonly column: NamedAxis | undefined;
}

/** The axes of a nest that is a contraction; undefined for any other. */
export function contractionAxes(nest: NestOperation): ContractionAxes | undefined {
  const { reduction, operands } = nest;
  if (reduction?.combine !== "sum") return undefined;
  const { term } = reduction;
  if (term.kind !== "binary" || term.operator !== "mul") return undefined;
  if (term.left.kind !== "local" || term.right.kind !== "local") return undefined;
  const [a, b] = [term.left.name, term.right.name];
  const first = operands.findIndex(({ name }) => name === a);
  const second = operands.findIndex(({ name }) => name === b);
  if (first < 0 || second < 0 || first === second) return undefined;
  const axes = nestLoopAxes(nest);
  const found = oriented(first, second, axes);
  // Columns are what lies side by side in the result, whichever operand has them.
  const other = oriented(second, first, axes);
  const isWritten = ({ column }: ContractionAxes): boolean =>
    column !== undefined && strideIn(column, operands.length).factor === 1;
  return !isWritten(found) && isWritten(other) ? other : found;
}

function oriented(left: number, right: number, { kept, reduced }: NestAxes): ContractionAxes {
  const moves = (axis: NamedAxis, operand: number): boolean => strideIn(axis, operand).factor !== 0;
  const only = (axis: NamedAxis, operand: number, other: number): boolean =>
    moves(axis, operand) && !moves(axis, other) && isStatic(strideIn(axis, operand));
  return {
    left,
    right,
    kept,
    reduced,
    row: kept.findLast((axis) => only(axis, left, right)),
    column: kept.findLast((axis) => only(axis, right, left) && isStatic(axis.size)),
  };
}

/** How far a step along an axis moves in an operand. */
export function strideIn({ strides }: NamedAxis, operand: number): Size {
  return strides[operand] as Size;
}
