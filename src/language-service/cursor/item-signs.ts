import type { Item } from "./frames.ts";

/** Whether a statement can begin behind an item. */
export function canBeginStatement(item: Item | undefined): boolean {
  return item === undefined || item.kind !== "sign" || ["}", ")", "]"].includes(item.text);
}

/** Whether an item asks for another value behind it. */
export function isOperator({ kind, text }: Item): boolean {
  return kind === "sign" && ["+", "-", "*", "/", "%", "**"].includes(text);
}
