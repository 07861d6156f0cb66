import { nowhere } from "../diagnostics/nowhere.ts";
import type { Argument, Expression, ListExpression, Name, StringLiteral } from "../syntax/ast.ts";

/** A name as syntax. */
export function nameNode(text: string): Name {
  return { kind: "name", text, span: nowhere };
}

/** A bare word as syntax. */
export function wordNode(name: string): Expression {
  return { kind: "name-expression", name, span: nowhere };
}

/** A string as syntax. */
export function stringNode(value: string): StringLiteral {
  return { kind: "string", value, span: nowhere };
}

/** A list as syntax. */
export function listNode(items: readonly Expression[]): ListExpression {
  return { kind: "list", items, span: nowhere };
}

/** An argument as syntax; without a name it is positional. */
export function argumentNode(name: string | undefined, value: Expression): Argument {
  return { kind: "argument", ...(name === undefined ? {} : { name: nameNode(name) }), value, span: nowhere };
}

/** A call as syntax: `he_normal(seed=7)`. */
export function callNode(callee: string, args: readonly Argument[]): Expression {
  return { kind: "call", callee: nameNode(callee), arguments: args, span: nowhere };
}

/** Digits up to which a fraction is written as it is. */
const shortFraction = 8;

/**
 * A finite number as syntax that has exactly this value: the shortest decimal, or a quotient such as `1/255` where that is
 * surely what was meant.
 */
export function numberNode(value: number): Expression {
  if (value < 0 || Object.is(value, -0)) {
    return { kind: "unary", operator: "-", operand: numberNode(-value), span: nowhere };
  }
  const text = String(value).replace("e+", "e");
  const divisor = Math.round(2 / value) / 2;
  if (text.length > shortFraction && value < 1 && divisor <= 65536 && 1 / divisor === value) {
    return { kind: "binary", operator: "/", left: literal(1, "1"), right: numberNode(divisor), span: nowhere };
  }
  return literal(value, text);
}

function literal(value: number, text: string): Expression {
  return { kind: "number", value, text, span: nowhere };
}
