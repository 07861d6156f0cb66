import { quoted } from "../../format/printing.ts";
import type { Argument, BodyItem, Expression } from "../../syntax/ast.ts";

/** A statement of a tree that was made, not parsed, on one line: `hidden: Dense(64, activation=relu)`. */
export function writeStatement(item: BodyItem): string {
  switch (item.kind) {
    case "layer": {
      const label = item.label === undefined ? "" : `${writeName(item.label.text)}: `;
      const args = item.arguments === undefined ? "" : writeArguments(item.arguments);
      return `${label}${item.callee.text}${args}`;
    }
    case "repeat":
      return `repeat ${writeExpression(item.count)} { ${item.body.map(writeStatement).join(" ")} }`;
    case "input":
      return `input ${writeExpression(item.shape)}`;
    case "labels":
      return `labels ${writeExpression(item.labels)}`;
    case "weights":
      return `weights ${quoted(item.path.value)}`;
  }
}

/** A layer's name as a label. */
export function writeName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name);
}

function writeArguments(args: readonly Argument[]): string {
  const written = args.map(
    ({ name, value }) => `${name === undefined ? "" : `${name.text}=`}${writeExpression(value)}`,
  );
  return `(${written.join(", ")})`;
}

function writeExpression(expression: Expression): string {
  switch (expression.kind) {
    case "number":
      return expression.text;
    case "string":
      return quoted(expression.value);
    case "boolean":
      return String(expression.value);
    case "none":
      return "none";
    case "name-expression":
      return expression.name;
    case "list":
      return `[${expression.items.map(writeExpression).join(", ")}]`;
    case "call":
      return `${expression.callee.text}${writeArguments(expression.arguments)}`;
    case "unary":
      return `${expression.operator}${writeExpression(expression.operand)}`;
    // Nothing that is made here but a quotient of numbers.
    case "binary":
      return `${writeExpression(expression.left)}${expression.operator}${writeExpression(expression.right)}`;
    case "missing":
      return "";
  }
}
