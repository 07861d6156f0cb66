import type { StepNumber } from "../../../ir/step-number.ts";
import { code, trustedText, type Code } from "../code.ts";
import { float64Literal } from "../numbers.ts";

/** A number of a step as an expression; Prettier takes away the parentheses that it needs not. */
export function printStepNumber(value: StepNumber, local: (name: string) => Code): Code {
  const print = (node: StepNumber): Code => {
    switch (node.kind) {
      case "const":
        return trustedText(
          node.value < 0 || Object.is(node.value, -0) ? `(${float64Literal(node.value)})` : float64Literal(node.value),
        );
      case "local":
        return local(node.name);
      case "unary":
        return node.operator === "neg"
          ? code`(-${print(node.operand)})`
          : code`Math.${trustedText(node.operator)}(${print(node.operand)})`;
      case "binary":
        return node.operator === "min" || node.operator === "max"
          ? code`Math.${trustedText(node.operator)}(${print(node.left)}, ${print(node.right)})`
          : code`(${print(node.left)} ${trustedText(signs[node.operator])} ${print(node.right)})`;
      case "power":
        return code`((${print(node.base)}) ** (${print(node.exponent)}))`;
      case "select":
        return code`(${print(node.left)} ${trustedText(comparisons[node.comparison])} ${print(node.right)} ? ${print(node.then)} : ${print(node.otherwise)})`;
    }
  };
  return print(value);
}

const signs = { add: "+", sub: "-", mul: "*", div: "/" } as const;
const comparisons = { lt: "<", le: "<=", gt: ">", ge: ">=" } as const;
