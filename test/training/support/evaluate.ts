import type { Scalar } from "../../../src/ir/scalar.ts";
import type { StepNumber } from "../../../src/ir/step-number.ts";
import { binaries, comparisons, unaries } from "../../ir/arithmetic.ts";

export type Locals = Readonly<Record<string, number>>;

/** A scalar expression or a number of a step, computed in float64. Throws for a local that is not given. */
export function evaluate(node: Scalar | StepNumber, locals: Locals): number {
  const value = (operand: Scalar | StepNumber): number => evaluate(operand, locals);
  switch (node.kind) {
    case "const":
      return node.value;
    case "local": {
      const found = locals[node.name];
      if (found === undefined) throw new Error(`there is no local '${node.name}'`);
      return found;
    }
    case "unary":
      return operators[node.operator](value(node.operand));
    case "binary":
      return binaries[node.operator](value(node.left), value(node.right));
    case "power":
      return value(node.base) ** value(node.exponent);
    case "select":
      return comparisons[node.comparison](value(node.left), value(node.right))
        ? value(node.then)
        : value(node.otherwise);
  }
}

const operators = { ...unaries, cos: Math.cos, floor: Math.floor };
