import type { Argument, BinaryExpression, Expression } from "../syntax/ast.ts";

/** Columns a line may take; what can't be broken may be longer. */
export const lineWidth = 100;

/**
 * The text of an expression that begins at `column`. Calls and lists that don't fit into a line are broken, with what they
 * hold aligned behind the bracket; only then the text has several lines. Throws for what a syntax error has left.
 */
export function printExpression(expression: Expression, column: number): string {
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
      return printList(expression.items, column);
    case "call":
      return printCall(expression.callee.text, expression.arguments, column);
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

/** A string as a literal: JSON's escapes, also for what JSON leaves as it is and the language does not allow. */
export function printString(value: string): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * A call that begins at `column`. When it is too long, its first line has the arguments up to the first that is named and
 * calls something itself (an activation may), and every other argument has a line of its own.
 */
export function printCall(callee: string, args: readonly Argument[], column: number): string {
  const inside = column + callee.length + 1;
  const flat = args.map((argument) => printArgument(argument, 0)).join(", ");
  // One column for what follows the call.
  if (!flat.includes("\n") && inside + flat.length + 2 <= lineWidth) return `${callee}(${flat})`;
  const indent = `\n${" ".repeat(inside)}`;
  let end = args.findIndex(
    ({ name, value }) => name !== undefined && value.kind === "call" && name.text !== "activation",
  );
  if (end < 0) end = args.findIndex((argument) => argument.name !== undefined);
  const head = args.slice(0, Math.max(0, end)).map((argument) => printArgument(argument, inside));
  const headFits = head.every((text) => !text.includes("\n")) && inside + head.join(", ").length + 1 <= lineWidth;
  const rest = headFits ? args.slice(head.length) : args;
  let text = headFits ? head.join(", ") : "";
  for (const argument of rest) {
    if (text !== "") text += canBeginLine(argument) ? `,${indent}` : ", ";
    text += printArgument(argument, inside);
  }
  return `${callee}(${text})`;
}

/**
 * Whether something may be the first on a line within brackets: a capitalized call there begins a layer for the parser,
 * which takes the bracket for forgotten.
 */
function canBeginLine(node: Argument | Expression): boolean {
  switch (node.kind) {
    case "argument":
      return node.name !== undefined || canBeginLine(node.value);
    case "binary":
      return canBeginLine(node.left);
    case "call":
      return !/^[A-Z]/.test(node.callee.text);
    default:
      return true;
  }
}

function printArgument(argument: Argument, column: number): string {
  if (argument.name === undefined) return printExpression(argument.value, column);
  const start = `${argument.name.text}=`;
  return `${start}${printExpression(argument.value, column + start.length)}`;
}

/** A list that begins at `column`; one that is too long is filled line by line. */
export function printList(items: readonly Expression[], column: number): string {
  const flat = items.map((item) => printExpression(item, 0));
  const inside = column + 1;
  if (inside + flat.join(", ").length + 2 <= lineWidth && flat.every((text) => !text.includes("\n"))) {
    return `[${flat.join(", ")}]`;
  }
  const indent = " ".repeat(inside);
  let text = "";
  let at = inside;
  for (const [index, item] of items.entries()) {
    const single = flat[index] as string;
    const fits = !canBeginLine(item) || (at + single.length + 2 <= lineWidth && !single.includes("\n"));
    if (index > 0) text += fits ? ", " : `,\n${indent}`;
    if (index > 0) at = fits ? at + 2 : inside;
    const printed = fits && !single.includes("\n") ? single : printExpression(item, at);
    text += printed;
    const lastLine = printed.lastIndexOf("\n");
    at = lastLine < 0 ? at + printed.length : printed.length - lastLine - 1;
  }
  return `[${text}]`;
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
  if (level(expression) >= least) return printExpression(expression, column);
  return `(${printExpression(expression, column + 1)})`;
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
