import type { Span } from "../diagnostics/diagnostic.ts";
import type { Argument, Expression } from "./ast.ts";
import { maxLevels } from "./limits.ts";

/** An expression without its levels, which those in it tell. */
type Unleveled<Node> = Node extends Expression ? Omit<Node, "levels"> : never;

/**
 * An expression, a level above those that stand in it. One of too many levels stands for itself alone: what goes through
 * expressions calls itself for each level.
 */
export function expression(node: Unleveled<Expression>, parts: readonly Expression[] = []): Expression {
  const levels = 1 + parts.reduce((most, part) => Math.max(most, part.levels), 0);
  if (levels <= maxLevels) return { ...node, levels } as Expression;
  return {
    kind: "opaque",
    what: `an expression of more than ${maxLevels} levels`,
    parts: [],
    span: node.span,
    levels: 1,
  };
}

/** An expression that has no value here. */
export function opaque(
  what: string,
  span: Span,
  parts: readonly Expression[],
  binds: readonly string[] = [],
): Expression {
  return expression({ kind: "opaque", what, parts, span, ...(binds.length === 0 ? {} : { binds }) }, parts);
}

/** From the beginning of one node to the end of another. */
export function spanning(from: { readonly span: Span }, to: { readonly span: Span }): Span {
  return { ...from.span, end: Math.max(from.span.end, to.span.end) };
}

/** Operands with the operators between them, each of which takes what stands before it. */
export function leftToRight(operands: readonly Expression[], operators: readonly string[]): Expression {
  const [first, ...others] = operands as [Expression, ...Expression[]];
  return others.reduce<Expression>(
    (left, right, at) =>
      expression({ kind: "binary", operator: operators[at] ?? "", left, right, span: spanning(left, right) }, [
        left,
        right,
      ]),
    first,
  );
}

/** Signs before an operand, the innermost last. */
export function signed(
  signs: readonly { readonly operator: string; readonly span: Span }[],
  operand: Expression,
): Expression {
  return signs.reduceRight<Expression>(
    (inner, { operator, span }) =>
      expression({ kind: "unary", operator, operand: inner, span: spanning({ span }, inner) }, [inner]),
    operand,
  );
}

/** The expressions that stand in an expression. */
export function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "number":
    case "string":
    case "constant":
    case "name":
      return [];
    case "attribute":
      return [node.object];
    case "call":
      return [node.callee, ...valuesOf(node.arguments)];
    case "subscript":
      return [node.object, node.index];
    case "list":
    case "tuple":
      return node.items;
    case "dict":
      return node.entries.flat();
    case "unary":
      return [node.operand];
    case "binary":
      return [node.left, node.right];
    case "opaque":
      return node.parts;
  }
}

export function valuesOf(args: readonly Argument[]): readonly Expression[] {
  return args.map(({ value }) => value);
}
