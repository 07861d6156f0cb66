import type { Operation } from "../../ir/graph.ts";
import type { Scalar, ScalarFunction } from "../../ir/scalar.ts";

/** Whether an operation gives no negative number, as far as its formulas tell; `of` says it of what it reads. */
export function givesNonNegative(operation: Operation, of: (tensor: number) => boolean): boolean {
  const input = of(operation.inputs[0].id);
  switch (operation.kind) {
    case "softmax":
    case "sparsemax":
      return true;
    case "elementwise":
      return afterFunctions(operation.functions, input);
    case "dense":
    case "int8-dense":
    case "einsum":
    case "weighted-map":
    case "reduce-map":
      return afterFunctions(operation.epilogue, false);
    case "reshape":
    case "strided-copy":
      return input;
    default:
      return false;
  }
}

/** `sign`: whether the argument of the first function is known to be no negative number. */
function afterFunctions(functions: readonly ScalarFunction[], sign: boolean): boolean {
  return functions.reduce((known, { body }) => lowest(body, known ? 0 : -Infinity) >= 0, sign);
}

/** A number that no value of an expression is below, where its argument is not below `argument`. */
function lowest(scalar: Scalar, argument: number): number {
  const of = (operand: Scalar): number => lowest(operand, argument);
  switch (scalar.kind) {
    case "const":
      return scalar.value;
    case "local":
      return argument;
    case "select":
      return Math.min(of(scalar.then), of(scalar.otherwise));
    case "unary":
      switch (scalar.operator) {
        case "abs":
        case "exp":
        case "sqrt":
          return 0;
        case "tanh":
        case "expm1":
        case "log1p":
          // They have the sign of what they are given.
          return of(scalar.operand) >= 0 ? 0 : -Infinity;
        default:
          return -Infinity;
      }
    case "binary": {
      const [left, right] = [of(scalar.left), of(scalar.right)];
      switch (scalar.operator) {
        case "max":
          return Math.max(left, right);
        case "min":
          return Math.min(left, right);
        case "add":
          return left + right;
        case "mul":
        case "div":
          return left >= 0 && right >= 0 ? 0 : -Infinity;
        default:
          return -Infinity;
      }
    }
  }
}
