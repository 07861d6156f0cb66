import type { BinaryScalarOperator, Comparison, UnaryOperator } from "./arithmetic.ts";
import type { Scalar } from "./scalar.ts";

/** The value of a scalar expression in float64, for an argument `x`; it has no other locals. */
export function evaluateScalar(body: Scalar, x: number): number {
  // Shared subexpressions are computed once: an erfc has hundreds of paths to its argument.
  const known = new Map<Scalar, number>();
  const visit = (node: Scalar): number => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const value = compute(node);
    known.set(node, value);
    return value;
  };
  const compute = (node: Scalar): number => {
    switch (node.kind) {
      case "const":
        return node.value;
      case "local":
        if (node.name !== "x") throw new Error(`'${node.name}' has no value`);
        return x;
      case "unary":
        return unary[node.operator](visit(node.operand));
      case "binary":
        return binary[node.operator](visit(node.left), visit(node.right));
      case "select":
        return visit(comparisons[node.comparison](visit(node.left), visit(node.right)) ? node.then : node.otherwise);
    }
  };
  return visit(body);
}

const unary: Readonly<Record<UnaryOperator, (value: number) => number>> = {
  neg: (value) => -value,
  abs: Math.abs,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  tanh: Math.tanh,
  sqrt: Math.sqrt,
};

const binary: Readonly<Record<BinaryScalarOperator, (left: number, right: number) => number>> = {
  add: (left, right) => left + right,
  sub: (left, right) => left - right,
  mul: (left, right) => left * right,
  div: (left, right) => left / right,
  min: Math.min,
  max: Math.max,
};

const comparisons: Readonly<Record<Comparison, (left: number, right: number) => boolean>> = {
  lt: (left, right) => left < right,
  le: (left, right) => left <= right,
  gt: (left, right) => left > right,
  ge: (left, right) => left >= right,
};
