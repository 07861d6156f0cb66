import { maxRank } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import { product } from "../../ir/product.ts";
import { describeNode } from "./describe-node.ts";
import type { StoredNode } from "./read-graph.ts";

/** Operators that give a constant another shape. */
export type ShapeOperator = "Reshape" | "Unsqueeze" | "Squeeze";

/** The shape that such a node makes of another; `given` are its sizes or axes. Fails where they do not fit. */
export function shapeAfter(
  node: StoredNode,
  operator: ShapeOperator,
  shape: readonly number[],
  given: readonly number[] | undefined,
): readonly number[] {
  const after = reshaped(operator, shape, given);
  const fits = after !== undefined && after.length <= maxRank && product(after) === product(shape);
  if (after === undefined || !fits || after.some((size) => size < 0)) {
    return fail("unsupported", `${describeNode(node)} gives a constant a shape that does not fit it`);
  }
  return after;
}

function reshaped(
  operator: ShapeOperator,
  shape: readonly number[],
  given: readonly number[] | undefined,
): readonly number[] | undefined {
  switch (operator) {
    case "Reshape": {
      if (given === undefined) return undefined;
      const sizes = given.map((size, axis) => (size === 0 ? (shape[axis] ?? 0) : size));
      const known = product(sizes.filter((size) => size !== -1));
      return sizes.map((size) => (size === -1 ? product(shape) / known : size));
    }
    case "Unsqueeze": {
      if (given === undefined) return undefined;
      const rank = shape.length + given.length;
      const added = new Set(given.map((axis) => (axis < 0 ? axis + rank : axis)));
      const rest = [...shape];
      return Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : (rest.shift() ?? 1)));
    }
    case "Squeeze": {
      const dropped = given?.map((axis) => (axis < 0 ? axis + shape.length : axis));
      return shape.filter((size, axis) => (dropped === undefined ? size !== 1 : !dropped.includes(axis)));
    }
  }
}
