import type { Scalar } from "../../../src/ir/scalar.ts";
import { calculation } from "../../ir/arithmetic.ts";

/** A scalar expression, computed in float64. Throws for a local that is not given. */
export function evaluate(node: Scalar, locals: Readonly<Record<string, number>>): number {
  const value = (operand: Scalar) => (): number => evaluate(operand, locals);
  switch (node.kind) {
    case "const":
      return node.value;
    case "local": {
      const found = locals[node.name];
      if (found === undefined) throw new Error(`there is no local '${node.name}'`);
      return found;
    }
    default:
      return calculation(node, value)();
  }
}
