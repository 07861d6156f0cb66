import type { Arithmetic, BinaryScalarOperator, Comparison, UnaryOperator } from "../../src/ir/arithmetic.ts";
import type { Scalar } from "../../src/ir/scalar.ts";

/** Arithmetic in float64; `evaluate` gives the number of an operand. */
export function calculate<Node>(node: Arithmetic<Node>, evaluate: (operand: Node) => number): number {
  switch (node.kind) {
    case "unary":
      return unaries[node.operator](evaluate(node.operand));
    case "binary":
      return binaries[node.operator](evaluate(node.left), evaluate(node.right));
    case "select":
      return comparisons[node.comparison](evaluate(node.left), evaluate(node.right))
        ? evaluate(node.then)
        : evaluate(node.otherwise);
  }
}

/** A scalar expression; `locals` gives the numbers of its locals. */
export function evaluateScalar(node: Scalar, locals: (name: string) => number): number {
  switch (node.kind) {
    case "const":
      return node.value;
    case "local":
      return locals(node.name);
    default:
      return calculate(node, (operand) => evaluateScalar(operand, locals));
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
