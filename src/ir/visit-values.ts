import { arithmeticOperands, mapArithmetic } from "./arithmetic.ts";
import type { Value } from "./loops.ts";
import type { Scalar } from "./scalar.ts";

/** What a scalar expression, or a value of a loop nest, is computed from, in the order in which that is evaluated. */
export function operands(node: Scalar): readonly Scalar[];
export function operands(node: Value): readonly Value[];
export function operands(node: Value): readonly Value[] {
  switch (node.kind) {
    case "const":
    case "local":
    case "load":
    case "size":
      return none;
    case "sum":
      return node.terms;
    case "call":
      return [node.argument];
    case "float32":
      return [node.operand];
    default:
      return arithmeticOperands(node);
  }
}

const none: readonly never[] = [];

/** The same with its operands replaced. */
export function withOperands(node: Scalar, replace: (operand: Scalar) => Scalar): Scalar;
export function withOperands(node: Value, replace: (operand: Value) => Value): Value;
export function withOperands(node: Value, replace: (operand: never) => Value): Value {
  // The two signatures above say what `replace` is given; the operands of a scalar expression are scalar expressions.
  const each = replace as (operand: Value) => Value;
  switch (node.kind) {
    case "const":
    case "local":
    case "load":
    case "size":
      return node;
    case "sum":
      return { ...node, terms: node.terms.map(each) };
    case "call":
      return { ...node, argument: each(node.argument) };
    case "float32":
      return { ...node, operand: each(node.operand) };
    default:
      return mapArithmetic(node, each);
  }
}

/** Rebuilds a value, leaves first; `replace` sees every node after its operands were rebuilt. */
export function mapValue(value: Value, replace: (value: Value) => Value): Value {
  return replace(withOperands(value, (operand: Value) => mapValue(operand, replace)));
}

/** Calls `visit` for a value and all it is computed from, operands before what uses them. */
export function forEachNode(value: Value, visit: (value: Value) => void): void {
  for (const operand of operands(value)) forEachNode(operand, visit);
  visit(value);
}
