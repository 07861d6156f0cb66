import type { Arithmetic, BinaryScalarOperator, Comparison, UnaryOperator } from "../../src/ir/arithmetic.ts";

/** A function that computes arithmetic in float64; `value` makes those of the operands. */
export function calculation<Node>(node: Arithmetic<Node>, value: (operand: Node) => () => number): () => number {
  switch (node.kind) {
    case "unary": {
      const operation = unaries[node.operator];
      const operand = value(node.operand);
      return () => operation(operand());
    }
    case "binary": {
      const operation = binaries[node.operator];
      const [left, right] = [value(node.left), value(node.right)];
      return () => operation(left(), right());
    }
    case "select": {
      const compare = comparisons[node.comparison];
      const [left, right] = [value(node.left), value(node.right)];
      const [then, otherwise] = [value(node.then), value(node.otherwise)];
      return () => (compare(left(), right()) ? then() : otherwise());
    }
  }
}

export const unaries: Readonly<Record<UnaryOperator, (x: number) => number>> = {
  neg: (x) => -x,
  abs: Math.abs,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  tanh: Math.tanh,
  sqrt: Math.sqrt,
};

export const binaries: Readonly<Record<BinaryScalarOperator, (left: number, right: number) => number>> = {
  add: (left, right) => left + right,
  sub: (left, right) => left - right,
  mul: (left, right) => left * right,
  div: (left, right) => left / right,
  min: Math.min,
  max: Math.max,
};

export const comparisons: Readonly<Record<Comparison, (left: number, right: number) => boolean>> = {
  lt: (left, right) => left < right,
  le: (left, right) => left <= right,
  gt: (left, right) => left > right,
  ge: (left, right) => left >= right,
};
