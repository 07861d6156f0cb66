import type { CstElement, CstNode } from "chevrotain";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type {
  Argument,
  BinaryOperator,
  Expression,
  ListExpression,
  MissingExpression,
  Name,
  UnaryExpression,
} from "./ast.ts";
import { MAX_EXPRESSION_DEPTH } from "./limits.ts";
import { numberLiteral, stringLiteral } from "./literals.ts";
import { tokenEnd, tokenSpan, type Token } from "./token.ts";

export const expressionTooDeep = defineDiagnostic(
  "expression-too-deep",
  "error",
  `An expression has more than ${MAX_EXPRESSION_DEPTH} levels of operators and brackets.`,
  () => ({
    message: `An expression has at most ${MAX_EXPRESSION_DEPTH} levels of operators and brackets`,
    help: "name parts of it with 'let'",
  }),
  () => ({
    meaning:
      "An expression has more levels of operators and calls than the compiler follows. Long sums are such, for each '+' is a level; a let names a part of one.",
    example: {
      kind: "source",
      source: `let x = ${"1 + ".repeat(260)}1 model M { input [4] Dense(x) }`,
      mended: "let x = 261 model M { input [4] Dense(x) }",
    },
  }),
);

/** What building needs to know of the file. */
export interface BuildContext {
  readonly file: string;
  report(diagnostic: Diagnostic): void;
}

/** An expression and how many levels it has. */
interface Built {
  readonly expression: Expression;
  readonly depth: number;
}

export function child(node: CstNode, name: string): CstNode | undefined {
  return node.children[name]?.[0] as CstNode | undefined;
}

export function children(node: CstNode, name: string): readonly CstNode[] {
  return (node.children[name] ?? []) as CstNode[];
}

export function childToken(node: CstNode, name: string): Token | undefined {
  return node.children[name]?.[0] as Token | undefined;
}

/** Where a node begins and ends; a node without a token has no place of its own and gets `fallback`. */
export function nodeRange(node: CstNode, fallback: number): { start: number; end: number } {
  const { startOffset = Number.NaN, endOffset = Number.NaN } = node.location ?? {};
  if (Number.isNaN(startOffset)) return { start: fallback, end: fallback };
  const end = Number.isNaN(endOffset) ? startOffset : endOffset + 1;
  return { start: startOffset, end: Math.max(startOffset, end) };
}

export function buildName(context: BuildContext, token: Token): Name {
  return { kind: "name", text: token.image, span: tokenSpan(context.file, token) };
}

function missingNode(context: BuildContext, node: CstNode, fallback: number): MissingExpression {
  return { kind: "missing", span: { file: context.file, ...nodeRange(node, fallback) } };
}

/** The expression of an `expression` node; what a syntax error has left out is missing, at `fallback` if all is. */
export function buildExpression(context: BuildContext, node: CstNode | undefined, fallback: number): Expression {
  return build(context, node, fallback).expression;
}

function build(context: BuildContext, node: CstNode | undefined, fallback: number): Built {
  if (!node) return none(context, fallback);
  // What is left of a broken expression may mean anything.
  if (node.recoveredNode) return { expression: missingNode(context, node, fallback), depth: 1 };
  return buildChain(context, node, "product", fallback, buildProduct);
}

function buildProduct(context: BuildContext, node: CstNode, fallback: number): Built {
  return buildChain(context, node, "unary", fallback, buildUnary);
}

function none(context: BuildContext, offset: number): Built {
  const span = { file: context.file, start: offset, end: offset };
  return { expression: { kind: "missing", span }, depth: 1 };
}

/** Operands between operators that bind to the left. */
function buildChain(
  context: BuildContext,
  node: CstNode,
  operandName: string,
  fallback: number,
  buildOperand: (context: BuildContext, node: CstNode, fallback: number) => Built,
): Built {
  const operands = children(node, operandName);
  const operators = (node.children["operator"] ?? []) as Token[];
  const [first] = operands;
  let built = first ? buildOperand(context, first, fallback) : none(context, fallback);
  for (const [index, operator] of operators.entries()) {
    const after = tokenEnd(operator);
    const operand = operands[index + 1];
    const right = operand ? buildOperand(context, operand, after) : none(context, after);
    const joined = join(context, operatorOf(operator) as BinaryOperator, built, right);
    if (!joined) return tooDeep(context, node, fallback);
    built = joined;
  }
  return built;
}

/** An operator of another notation keeps its text when it is read as one of the language. */
function operatorOf({ tokenType }: Token): string {
  return (tokenType.LABEL ?? "").replaceAll("'", "");
}

function join(context: BuildContext, operator: BinaryOperator, left: Built, right: Built): Built | undefined {
  const depth = Math.max(left.depth, right.depth) + 1;
  if (depth > MAX_EXPRESSION_DEPTH) return undefined;
  const span = { file: context.file, start: left.expression.span.start, end: right.expression.span.end };
  return { expression: { kind: "binary", operator, left: left.expression, right: right.expression, span }, depth };
}

/** `-a ** -b ** c` is `-(a ** (-(b ** c)))`. */
function buildUnary(context: BuildContext, node: CstNode, fallback: number): Built {
  const exponents = children(node, "exponent");
  const links = [node, ...exponents];
  let built: Built | undefined;
  for (let index = links.length - 1; index >= 0; index--) {
    const link = links[index] as CstNode;
    const base = buildPrimary(context, child(link, "primary"), nodeRange(link, fallback).end);
    const power = built ? join(context, "**", base, built) : base;
    const signed = power && applySigns(context, children(link, "sign"), power);
    if (!signed) return tooDeep(context, node, fallback);
    built = signed;
  }
  return built ?? none(context, fallback);
}

function applySigns(context: BuildContext, signs: readonly CstNode[], operand: Built): Built | undefined {
  if (operand.depth + signs.length > MAX_EXPRESSION_DEPTH) return undefined;
  let { expression } = operand;
  for (const sign of signs.toReversed()) {
    const token = childToken(sign, "operator");
    if (!token) continue;
    const operator = operatorOf(token) as UnaryExpression["operator"];
    const span = { file: context.file, start: token.startOffset, end: expression.span.end };
    expression = { kind: "unary", operator, operand: expression, span };
  }
  return { expression, depth: operand.depth + signs.length };
}

function tooDeep(context: BuildContext, node: CstNode, fallback: number): Built {
  const span = { file: context.file, ...nodeRange(node, fallback) };
  context.report(expressionTooDeep(span));
  return { expression: { kind: "missing", span }, depth: 1 };
}

function buildPrimary(context: BuildContext, node: CstNode | undefined, fallback: number): Built {
  const [kind, elements] = node ? (Object.entries(node.children)[0] ?? []) : [];
  const element = elements?.[0] as CstElement | undefined;
  if (!node || element === undefined) return none(context, fallback);
  const token = element as Token;
  const leaf = (expression: Expression): Built => ({ expression, depth: 1 });
  switch (kind) {
    case "NumberLiteral":
      return leaf(numberLiteral(context.file, token, context.report));
    case "StringLiteral":
      return leaf(stringLiteral(context.file, token, context.report));
    case "True":
    case "False":
      return leaf({ kind: "boolean", value: kind === "True", span: tokenSpan(context.file, token) });
    case "None":
      return leaf({ kind: "none", span: tokenSpan(context.file, token) });
    case "list":
      return list(context, element as CstNode, fallback);
    case "group":
      return group(context, element as CstNode, fallback);
    case "Identifier": {
      const call = child(node, "callArguments");
      if (!call) return leaf({ kind: "name-expression", name: token.image, span: tokenSpan(context.file, token) });
      const { args, depth } = callArguments(context, call);
      const span = { file: context.file, start: token.startOffset, end: nodeRange(call, tokenEnd(token)).end };
      return nest(context, { kind: "call", callee: buildName(context, token), arguments: args, span }, depth);
    }
    default:
      return none(context, fallback);
  }
}

function nest(context: BuildContext, expression: Expression, depth: number): Built {
  if (depth < MAX_EXPRESSION_DEPTH) return { expression, depth: depth + 1 };
  context.report(expressionTooDeep(expression.span));
  return { expression: { kind: "missing", span: expression.span }, depth: 1 };
}

function group(context: BuildContext, node: CstNode, fallback: number): Built {
  const { start, end } = nodeRange(node, fallback);
  const inner = build(context, child(node, "expression"), start + 1);
  const { expression } = inner;
  const word = expression.kind === "name-expression" ? { nameSpan: expression.nameSpan ?? expression.span } : {};
  // The parentheses belong to the place that a message marks.
  return { ...inner, expression: { ...expression, span: { file: context.file, start, end }, ...word } };
}

function list(context: BuildContext, node: CstNode, fallback: number): Built {
  const { start, end } = nodeRange(node, fallback);
  if (node.recoveredNode) return { expression: missingNode(context, node, fallback), depth: 1 };
  const items = children(node, "item").map((item) => {
    const { end: itemEnd } = nodeRange(item, start + 1);
    if (item.recoveredNode) return { expression: missingNode(context, item, start + 1), depth: 1 };
    return build(context, child(item, "expression"), itemEnd);
  });
  const depth = items.reduce((deepest, item) => Math.max(deepest, item.depth), 0);
  const expressions = items.map((item) => item.expression);
  return nest(context, { kind: "list", items: expressions, span: { file: context.file, start, end } }, depth);
}

function callArguments(context: BuildContext, node: CstNode): { args: readonly Argument[]; depth: number } {
  let depth = 0;
  const { start: open } = nodeRange(node, 0);
  const args = children(node, "argument").map((argument): Argument => {
    const { start, end } = nodeRange(argument, open + 1);
    const isBroken = argument.recoveredNode === true;
    const value = isBroken ? none(context, end) : build(context, child(argument, "expression"), end);
    depth = Math.max(depth, value.depth);
    const name = childToken(argument, "Identifier");
    return {
      kind: "argument",
      ...(name ? { name: buildName(context, name) } : {}),
      value: value.expression,
      span: { file: context.file, start, end },
    };
  });
  return { args, depth };
}

/** The arguments of a `callArguments` node. */
export function buildArguments(context: BuildContext, node: CstNode): readonly Argument[] {
  return callArguments(context, node).args;
}

/** The list of a `list` node; with one missing item where a syntax error left none. */
export function buildList(context: BuildContext, node: CstNode | undefined, fallback: number): ListExpression {
  const built = node && !node.recoveredNode ? list(context, node, fallback).expression : undefined;
  if (built?.kind === "list") return built;
  const range = node ? nodeRange(node, fallback) : { start: fallback, end: fallback };
  const span = built?.span ?? { file: context.file, ...range };
  return { kind: "list", items: [{ kind: "missing", span }], span };
}
