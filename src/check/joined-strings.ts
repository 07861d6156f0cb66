import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Expression } from "../syntax/ast.ts";

/** The text of strings that are added to one another, as `"c" + "at"`: undefined where anything else is among them. */
export function joinedStrings(expression: Expression): string | undefined {
  if (expression.kind === "string") return expression.value;
  if (expression.kind !== "binary" || expression.operator !== "+") return undefined;
  const right = joinedStrings(expression.right);
  const left = right === undefined ? undefined : joinedStrings(expression.left);
  return left === undefined || right === undefined ? undefined : left + right;
}

/** Writes one string in the place of several. */
export function writeJoined({ span }: Expression, value: string): Fix {
  const text = JSON.stringify(value);
  return { title: `Write ${text}`, edits: [{ span, text }] };
}
