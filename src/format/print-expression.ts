import type { Doc } from "prettier";
import { builders } from "prettier/doc";
import { declarationKeywords, statementKeywords } from "../../grammar/tokens.ts";
import type { Argument, BinaryExpression, Comment, Expression } from "../syntax/ast.ts";
import { bracketItems, printBracketed, type Bracketed, type ItemPrinter } from "./bracketed.ts";
import { printString, withoutItsComments, type Printing } from "./printing.ts";
import type { Trivia } from "./trivia.ts";

const { group, indent, join, line } = builders;

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * An expression. Comments stay with the items of calls and lists; those elsewhere are left to what the expression stands in
 * (`innerComments`). Throws for what a syntax error has left.
 */
export function printExpression(expression: Expression, printing: Printing): Doc {
  switch (expression.kind) {
    case "number":
      return expression.text;
    case "string":
      return printString(expression, printing);
    case "boolean":
      return String(expression.value);
    case "none":
      return "none";
    case "name-expression":
      return expression.name;
    case "list":
      return printList(expression.items, expression.span, printing);
    case "call": {
      const { callee, arguments: args, span } = expression;
      return [callee.text, printArguments(args, { start: callee.span.end, end: span.end }, printing)];
    }
    case "unary":
      return [expression.operator, printOperand(expression.operand, unaryLevel, printing)];
    case "binary": {
      const [first, ...others] = printChain(expression, printing);
      return group([first as Doc, indent(others)]);
    }
    case "missing":
      throw new Error("a file with syntax errors can't be printed");
  }
}

/** The value of a `let`, behind the `=`: a sum or product that is too long begins on the next line. */
export function printValue(expression: Expression, printing: Printing): Doc {
  if (expression.kind !== "binary" || !maySpan(expression)) return [" ", printExpression(expression, printing)];
  return group(indent([beginsLineSafely(expression) ? line : " ", printChain(expression, printing)]));
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

/** The arguments of a call in their parentheses; the comments of the call are those in a range. */
export function printArguments(args: readonly Argument[], range: Range, printing: Printing): Doc {
  const { trivia } = printing;
  const bracketed = bracketItems(args, range, printing, {
    print: (node) => printArgument(node, printing),
    inner: (node) => innerComments(node.span.start, node.value, trivia),
    needsParentheses: ({ name, value }) => name === undefined && needsParentheses(value),
  });
  const [only] = args;
  // The brackets of a list that is the one argument are enough.
  const isHugged = args.length === 1 && only?.value.kind === "list" && isBare(bracketed);
  if (isHugged) return ["(", (bracketed.items[0] as Bracketed["items"][number]).doc, ")"];
  return printBracketed(bracketed, { open: "(", close: ")" }, printing);
}

function isBare({ items, rest }: Bracketed): boolean {
  return rest.length === 0 && items.every((item) => item.isBare);
}

function printArgument({ name, value }: Argument, printing: Printing): Doc {
  const doc = printExpression(value, printing);
  return name === undefined ? doc : [name.text, "=", doc];
}

/** A list; one of words and numbers that is too long is filled line by line. Its comments are those in a range. */
export function printList(nodes: readonly Expression[], range: Range, printing: Printing): Doc {
  const isFilled = nodes.length > 1 && nodes.every(isShort);
  return printBracketed(
    bracketItems(nodes, range, printing, items(printing)),
    { open: "[", close: "]", isFilled },
    printing,
  );
}

/** A list behind something that is broken before it is: it stays on its line where its comments let it. */
export function printLastList(nodes: readonly Expression[], range: Range, printing: Printing): Doc {
  const bracketed = bracketItems(nodes, range, printing, items(printing));
  if (!isBare(bracketed) || !nodes.every(isShort))
    return printBracketed(bracketed, { open: "[", close: "]" }, printing);
  return [
    "[",
    join(
      ", ",
      bracketed.items.map(({ doc }) => doc),
    ),
    "]",
  ];
}

function items(printing: Printing): ItemPrinter<Expression> {
  return {
    print: (node) => printExpression(node, printing),
    inner: (node) => innerComments(node.span.start, node, printing.trivia),
    needsParentheses,
  };
}

/** Whether something is a word, a number or a string, or nearly so. */
function isShort(expression: Expression): boolean {
  switch (expression.kind) {
    case "list":
    case "call":
    case "missing":
      return false;
    case "unary":
      return isShort(expression.operand);
    case "binary":
      return !maySpan(expression) && isShort(expression.left) && isShort(expression.right);
    default:
      return true;
  }
}

/**
 * Whether something may be the first on a line within brackets only in parentheses: a capitalized call there begins a layer
 * for the parser, which takes the bracket for forgotten, unless a comma or the closer follows.
 */
function needsParentheses(node: Expression): boolean {
  return node.kind === "binary" && beginsWithLayer(node);
}

function beginsWithLayer(node: Expression): boolean {
  if (node.kind === "call") return /^[A-Z]/.test(node.callee.text);
  return node.kind === "binary" && level(node.left) >= leftLevel(node) && beginsWithLayer(node.left);
}

/** Whether an operand may be the first on a line: not a word that could be taken for the beginning of something. */
function beginsLineSafely(node: Expression): boolean {
  if (beginsWithLayer(node)) return false;
  let first = node;
  while (first.kind === "binary") first = first.left;
  const word = first.kind === "call" ? first.callee.text : first.kind === "name-expression" ? first.name : "";
  return !declarationKeywords.has(word) && !statementKeywords.has(word);
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

/** How tightly the left side of an operator has to bind without parentheses. */
function leftLevel({ operator }: BinaryExpression): number {
  // `**` groups to the right and takes a sign on its right only: `(-2)**-1`.
  return operator === "**" ? primaryLevel : levelOf(operator);
}

function printOperand(expression: Expression, least: number, printing: Printing): Doc {
  // Its comments stand before the whole expression.
  const doc = printExpression(expression, withoutItsComments(printing));
  return level(expression) >= least ? doc : ["(", doc, ")"];
}

/** The operands of a sum or product with the operators between, so that lines may end behind these. */
function printChain(expression: BinaryExpression, printing: Printing): Doc[] {
  const { operator, left, right } = expression;
  const own = levelOf(operator);
  const goesOn = left.kind === "binary" && levelOf(left.operator) === own && maySpan(left) && maySpan(expression);
  const before = goesOn ? printChain(left, printing) : [printOperand(left, leftLevel(expression), printing)];
  const after = printOperand(right, operator === "**" ? unaryLevel : own + 1, printing);
  if (!maySpan(expression)) return [[...before, operator, after]];
  return [...before, ` ${operator}`, beginsLineSafely(right) ? line : " ", after];
}

/** Whether an operator has spaces around it: a power has none, nor has a product of nothing but numbers, `1/255`, `10*10*256`. */
function maySpan({ operator, left, right }: BinaryExpression): boolean {
  if (operator === "**") return false;
  return levelOf(operator) !== 2 || !isPlainProduct(left) || !isPlainProduct(right);
}

function isPlainProduct(expression: Expression): boolean {
  if (expression.kind === "number") return true;
  if (expression.kind !== "binary" || levelOf(expression.operator) !== 2) return false;
  return isPlainProduct(expression.left) && isPlainProduct(expression.right);
}
