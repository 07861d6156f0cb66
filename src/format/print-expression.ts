import type { Argument, BinaryExpression, Comment, Expression } from "../syntax/ast.ts";
import {
  lineWidth,
  printFlat,
  printLines,
  printOnLine,
  toItem,
  type Bracketed,
  type BracketedItem,
} from "./bracketed.ts";
import { divideComments, noTrivia, type Trivia } from "./trivia.ts";

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The text of an expression that begins at `column`. Calls and lists that don't fit into a line are broken, with what they
 * hold aligned behind the bracket; only then the text has several lines. Comments stay with the items of calls and lists;
 * those elsewhere are left to what the expression stands in (`innerComments`). Throws for what a syntax error has left.
 */
export function printExpression(expression: Expression, column: number, trivia: Trivia): string {
  switch (expression.kind) {
    case "number":
      return expression.text;
    case "string":
      return printString(expression.value);
    case "boolean":
      return String(expression.value);
    case "none":
      return "none";
    case "name-expression":
      return expression.name;
    case "list":
      return printList(expression.items, expression.span, column, trivia);
    case "call": {
      const { callee, arguments: args, span } = expression;
      return printCall(callee.text, args, { start: callee.span.end, end: span.end }, column, trivia);
    }
    case "unary": {
      const text = operand(expression.operand, unaryLevel, column + 1);
      return `${expression.operator}${text}`;
    }
    case "binary":
      return printBinary(expression, column);
    case "missing":
      throw new Error("a file with syntax errors can't be printed");
  }
}

/**
 * The comments of something that ends with an expression, which don't stand among the items of it when that is a call or a
 * list: they go before the whole.
 */
export function innerComments(start: number, expression: Expression, trivia: Trivia): readonly Comment[] {
  return trivia.between(start, ownEnd(expression));
}

/** Where the comments of an expression that `innerComments` gives end. */
function ownEnd(expression: Expression): number {
  if (expression.kind === "list") return expression.span.start;
  return expression.kind === "call" ? expression.callee.span.end : expression.span.end;
}

/** A string as a literal: JSON's escapes, also for what JSON leaves as it is and the language does not allow. */
export function printString(value: string): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * A call that begins at `column`. When it is too long, its first line has the arguments up to the first that is named and
 * calls something itself (an activation may), and every other argument has a line of its own. The comments of the call are
 * those in a range.
 */
export function printCall(
  callee: string,
  args: readonly Argument[],
  range: Range,
  column: number,
  trivia: Trivia,
): string {
  const divided = divideComments(args, range, "comma", trivia);
  const items = divided.items.map(({ node, ...around }) =>
    toItem(around, innerComments(node.span.start, node.value, trivia), trivia, {
      print: (at) => printArgument(node, at, trivia),
      beginsLine: beginsLine(node),
    }),
  );
  const bracketed = { items, rest: divided.rest };
  const inside = column + callee.length + 1;
  const flat = printFlat(bracketed);
  // One column for what follows the call.
  if (flat !== undefined && inside + flat.length + 2 <= lineWidth) return `${callee}(${flat})`;
  const head = headLength(args, items, inside);
  const breaks = (item: BracketedItem, index: number): boolean => index >= head && item.beginsLine === "freely";
  return `${callee}(${printLines(bracketed, inside, breaks)})`;
}

/** How many arguments the first line of a broken call has, if they fit; else every one has its own. */
function headLength(args: readonly Argument[], items: readonly BracketedItem[], column: number): number {
  let end = args.findIndex(
    ({ name, value }) => name !== undefined && value.kind === "call" && name.text !== "activation",
  );
  if (end < 0) end = args.findIndex((argument) => argument.name !== undefined);
  const head = printFlat({ items: items.slice(0, Math.max(0, end)), rest: [] });
  return head !== undefined && column + head.length + 1 <= lineWidth ? Math.max(0, end) : 0;
}

/**
 * How something may be the first on a line within brackets: a capitalized call there begins a layer for the parser, which
 * takes the bracket for forgotten, unless a comma or the closer follows.
 */
function beginsLine(node: Argument | Expression): BracketedItem["beginsLine"] {
  switch (node.kind) {
    case "argument":
      return node.name !== undefined ? "freely" : beginsLine(node.value);
    case "binary":
      return beginsLine(node.left) === "freely" ? "freely" : "in parentheses";
    case "call":
      return /^[A-Z]/.test(node.callee.text) ? "reluctantly" : "freely";
    default:
      return "freely";
  }
}

function printArgument({ name, value }: Argument, column: number, trivia: Trivia): string {
  const start = name === undefined ? "" : `${name.text}=`;
  return `${start}${printExpression(value, column + start.length, trivia)}`;
}

/** A list that begins at `column`; one that is too long is filled line by line. Its comments are those in a range. */
export function printList(items: readonly Expression[], range: Range, column: number, trivia: Trivia): string {
  const list: Bracketed = bracketList(items, range, trivia);
  const flat = printFlat(list);
  const inside = column + 1;
  if (flat !== undefined && inside + flat.length + 2 <= lineWidth) return `[${flat}]`;
  const breaks = (item: BracketedItem, _index: number, at: number): boolean => {
    const single = printOnLine(item);
    return item.beginsLine === "freely" && (at + single.length > lineWidth || single.includes("\n"));
  };
  return `[${printLines(list, inside, breaks)}]`;
}

function bracketList(nodes: readonly Expression[], range: Range, trivia: Trivia): Bracketed {
  const { items, rest } = divideComments(nodes, range, "comma", trivia);
  return {
    items: items.map(({ node, ...around }) =>
      toItem(around, innerComments(node.span.start, node, trivia), trivia, {
        print: (at) => printExpression(node, at, trivia),
        beginsLine: beginsLine(node),
      }),
    ),
    rest,
  };
}

const unaryLevel = 3;
const primaryLevel = 5;

/** How tightly an expression binds: sums 1, products 2, signs 3, powers 4, all else 5. */
function level(expression: Expression): number {
  switch (expression.kind) {
    case "binary":
      return levelOf(expression.operator);
    case "unary":
      return unaryLevel;
    default:
      return primaryLevel;
  }
}

function levelOf(operator: BinaryExpression["operator"]): number {
  switch (operator) {
    case "+":
    case "-":
      return 1;
    case "*":
    case "/":
    case "%":
      return 2;
    case "**":
      return 4;
  }
}

function operand(expression: Expression, least: number, column: number): string {
  // Its comments stand before the whole expression.
  if (level(expression) >= least) return printExpression(expression, column, noTrivia);
  return `(${printExpression(expression, column + 1, noTrivia)})`;
}

function printBinary(expression: BinaryExpression, column: number): string {
  const { operator, left, right } = expression;
  const own = levelOf(operator);
  // `**` groups to the right and takes a sign on its right only: `(-2)**-1`.
  const before = operand(left, operator === "**" ? primaryLevel : own, column);
  const after = operand(right, operator === "**" ? unaryLevel : own + 1, column);
  const space = operator === "**" || (own === 2 && isPlainProduct(expression)) ? "" : " ";
  return `${before}${space}${operator}${space}${after}`;
}

/** A product of nothing but numbers is written tightly, as in `1/255` and `10*10*256`. */
function isPlainProduct(expression: Expression): boolean {
  if (expression.kind === "number") return true;
  if (expression.kind !== "binary" || levelOf(expression.operator) !== 2) return false;
  return isPlainProduct(expression.left) && isPlainProduct(expression.right);
}
