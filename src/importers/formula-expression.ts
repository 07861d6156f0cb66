import { nowhere } from "../diagnostics/nowhere.ts";
import type { Formula } from "../keras-scripts/formula.ts";
import type { Expression } from "../syntax/ast.ts";
import { argumentNode, callNode, numberNode, wordNode } from "./syntax.ts";

/** A number as a script computes it, as syntax that has exactly its value; names that the file declares stay. */
export function formulaExpression(formula: Formula, constants: { has(name: string): boolean }): Expression {
  switch (formula.kind) {
    case "literal":
      return literalNode(formula.text, formula.value);
    case "constant":
      return constants.has(formula.name) ? wordNode(formula.name) : numberNode(formula.value);
    case "unary": {
      const { operator } = formula;
      return { kind: "unary", operator, operand: formulaExpression(formula.operand, constants), span: nowhere };
    }
    case "binary": {
      const { operator } = formula;
      const left = formulaExpression(formula.left, constants);
      return { kind: "binary", operator, left, right: formulaExpression(formula.right, constants), span: nowhere };
    }
    case "floor":
      return callNode("floor", [argumentNode(undefined, formulaExpression(formula.operand, constants))]);
  }
}

/** A number of Python as Layers writes it: `1.` is 1 and `.5` 0.5 there, and what is hexadecimal is not. */
function literalNode(text: string, value: number): Expression {
  const plain = text.replace(/^\./, "0.").replace(/\.(?=$|[eE])/, "");
  const isPlain = /^\d+(?:_\d+)*(?:\.\d+(?:_\d+)*)?(?:[eE][+-]?\d+)?$/.test(plain) && !/^0\d/.test(plain);
  if (!isPlain || Number(plain.replaceAll("_", "")) !== value) return numberNode(value);
  return { kind: "number", value, text: plain.replace("E", "e"), span: nowhere };
}
