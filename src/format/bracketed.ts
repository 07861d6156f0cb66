import type { Comment } from "../syntax/ast.ts";
import { isInline, type Commented, type Trivia } from "./trivia.ts";

/** Columns a line may take; what can't be broken may be longer. */
export const lineWidth = 100;

/** An item within brackets, ready to be printed. */
export interface BracketedItem {
  /** The text of the item where it begins at a column. */
  print(column: number): string;
  /** Whether the item may be the first on a line, as it is; `reluctantly` only where a comment needs it. */
  readonly beginsLine: "freely" | "reluctantly" | "in parentheses";
  /** Comments on lines before it. */
  readonly lines: readonly string[];
  /** Comments before it on its line, with a space behind each. */
  readonly lead: string;
  /** Comments behind it, before the comma. */
  readonly trail: string;
  /** A comment behind the comma, after which the line ends. */
  readonly lineEnd: string | undefined;
}

/** Puts the comments around a node into the item that prints it; `inner` are those within that stand before it then. */
export function toItem(
  { lead, trail }: Omit<Commented<unknown>, "node" | "start">,
  inner: readonly Comment[],
  trivia: Trivia,
  item: Pick<BracketedItem, "print" | "beginsLine">,
): BracketedItem {
  const { lines, rest } = commentLines([...lead, ...inner], trivia);
  const last = trail.at(-1);
  const lineEnd = last === undefined || isInline(last) ? undefined : last.text.trimEnd();
  const inline = lineEnd === undefined ? trail : trail.slice(0, -1);
  // Asked for again and again where brackets stand in brackets and don't fit into a line.
  let atStart: string | undefined;
  return {
    print: (column) => (column === 0 ? (atStart ??= item.print(0)) : item.print(column)),
    beginsLine: item.beginsLine,
    lines,
    lead: rest,
    trail: inline.map(({ text }) => ` ${text}`).join(""),
    lineEnd,
  };
}

/** Comments line by line; those that stand before something on its line are the rest. */
function commentLines(
  comments: readonly Comment[],
  trivia: Trivia,
): { readonly lines: readonly string[]; readonly rest: string } {
  const lines: string[] = [];
  let rest = "";
  for (const comment of comments) {
    if (isInline(comment) && !trivia.isLineEnd(comment.span.end)) {
      rest += `${comment.text} `;
    } else {
      lines.push(`${rest}${comment.text.trimEnd()}`);
      rest = "";
    }
  }
  return { lines, rest };
}

/** What stands in brackets: items, then comments behind the last one. */
export interface Bracketed {
  readonly items: readonly BracketedItem[];
  readonly rest: readonly Comment[];
}

/** The text within brackets on one line, or undefined where a comment or an item needs more. */
export function printFlat({ items, rest }: Bracketed): string | undefined {
  if (items.some(({ lines, lineEnd }) => lines.length > 0 || lineEnd !== undefined) || !rest.every(isInline)) {
    return undefined;
  }
  if (items.length > 0 && rest.length > 0) return undefined;
  const text = items.length > 0 ? items.map(printOnLine).join(", ") : rest.map((comment) => comment.text).join(" ");
  return text.includes("\n") ? undefined : text;
}

/** An item with the comments on its line. */
export function printOnLine({ lead, print, trail }: BracketedItem): string {
  return `${lead}${print(0)}${trail}`;
}

/**
 * The text within brackets over several lines, which begins at `column`, as do all lines of it. A line ends where a comment
 * needs it, and before each item that `breaksBefore` says; it is given the column that the item would begin at.
 */
export function printLines(
  { items, rest }: Bracketed,
  column: number,
  breaksBefore: (item: BracketedItem, index: number, at: number) => boolean,
): string {
  const indent = `\n${" ".repeat(column)}`;
  let text = "";
  let isLineOver = false;
  for (const [index, item] of items.entries()) {
    if (index > 0) text += ",";
    const before = items[index - 1]?.lineEnd;
    if (before !== undefined) text += ` ${before}`;
    isLineOver = before !== undefined;
    for (const line of item.lines) {
      text += index === 0 && text === "" ? ` ${line}` : `${indent}${line}`;
      isLineOver = true;
    }
    const at = lastColumn(text, column) + 1;
    const isBroken = isLineOver || (index > 0 && breaksBefore(item, index, at));
    if (isBroken) text += indent;
    else if (index > 0) text += " ";
    const start = (isBroken || index === 0 ? column : at) + item.lead.length;
    const isWrapped = isBroken && item.beginsLine === "in parentheses";
    const printed = isWrapped ? `(${item.print(start + 1)})` : item.print(start);
    text += `${item.lead}${printed}${item.trail}`;
  }
  const last = items.at(-1)?.lineEnd;
  if (last !== undefined) text += ` ${last}`;
  for (const { text: comment } of rest) text += `${text === "" ? " " : indent}${comment.trimEnd()}`;
  return last !== undefined || rest.length > 0 ? `${text}${indent}` : text;
}

/** The column behind a text that began at `column`. */
function lastColumn(text: string, column: number): number {
  const lastLine = text.lastIndexOf("\n");
  return lastLine < 0 ? column + text.length : text.length - lastLine - 1;
}
