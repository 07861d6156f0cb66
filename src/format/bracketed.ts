import type { Doc } from "prettier";
import { builders } from "prettier/doc";
import type { Argument, Comment, Expression, Name, Parameter } from "../syntax/ast.ts";
import { divideComments } from "./divide-comments.ts";
import { isApart, printComment, printTrail, printWritten, saysIgnore } from "./print-comments.ts";
import type { Printing } from "./printing.ts";
import { isInline, type Trivia } from "./trivia.ts";

const { breakParent, fill, group, hardline, ifBreak, indent, join, line, softline } = builders;

/** What may stand in brackets, between commas. */
export type Item = Argument | Expression | Name | Parameter;

/** How the items of some brackets are printed. */
export interface ItemPrinter<Node extends Item> {
  print(node: Node): Doc;
  /** Comments within an item that can't stay where they are, and go before it. */
  inner(node: Node): readonly Comment[];
  /** Whether an item may be the first on a line only in parentheses. */
  needsParentheses?(node: Node): boolean;
}

/** An item of brackets, ready to be printed. */
interface PrintedItem {
  /** With the comments before it and those before the comma. */
  readonly doc: Doc;
  /** A comment behind the comma, after which the line ends. */
  readonly lineEnd: Comment | undefined;
  /** Whether comments stand on lines before it. */
  readonly hasLines: boolean;
  /** Whether an empty line stands before it. */
  readonly isApart: boolean;
  /** Whether it is nothing but the node. */
  readonly isBare: boolean;
}

/** What stands in brackets: items, then comments behind the last one. */
export interface Bracketed {
  readonly items: readonly PrintedItem[];
  readonly rest: readonly Comment[];
}

/** The nodes in some brackets with their comments, which are those of a range. */
export function bracketItems<Node extends Item>(
  nodes: readonly Node[],
  range: { readonly start: number; readonly end: number },
  { trivia }: Printing,
  printer: ItemPrinter<Node>,
): Bracketed {
  const { items, rest } = divideComments(nodes, range, "comma", trivia);
  const printed = items.map(({ node, lead, trail, start }, index): PrintedItem => {
    const inner = printer.inner(node);
    const isIgnored = saysIgnore(lead) || saysIgnore(inner);
    const before = isIgnored ? lead : [...lead, ...inner];
    const last = trail.at(-1);
    const lineEnd = last === undefined || isInline(last) ? undefined : last;
    const { docs, hasLines } = printBefore(before, trivia);
    return {
      doc: [docs, printItem(node, isIgnored, trivia, printer), printTrail(lineEnd ? trail.slice(0, -1) : trail)],
      lineEnd,
      hasLines,
      isApart: index > 0 && isApart({ node, start }, trivia),
      isBare: before.length === 0 && trail.length === 0 && !isIgnored,
    };
  });
  return { items: printed, rest };
}

function printItem<Node extends Item>(node: Node, isIgnored: boolean, trivia: Trivia, printer: ItemPrinter<Node>): Doc {
  const written = isIgnored ? trivia.slice(node.span.start, node.span.end) : undefined;
  const doc = written === undefined ? printer.print(node) : printWritten(written);
  const needsParentheses = printer.needsParentheses?.(node) === true && written?.startsWith("(") !== true;
  return needsParentheses ? [ifBreak("("), doc, ifBreak(")")] : doc;
}

/** The comments before an item: those that end a line have one, the others stand on the line of the item. */
function printBefore(
  comments: readonly Comment[],
  trivia: Trivia,
): { readonly docs: Doc[]; readonly hasLines: boolean } {
  const docs: Doc[] = [];
  let hasLines = false;
  for (const comment of comments) {
    const isOnLine = isInline(comment) && !trivia.isLineEnd(comment.span.end);
    docs.push(printComment(comment), isOnLine ? " " : hardline);
    hasLines ||= !isOnLine;
  }
  return { docs, hasLines };
}

/** How brackets look. */
export interface BracketStyle {
  readonly open: string;
  readonly close: string;
  /** Whether spaces stand within the brackets where they are on one line. */
  readonly isSpaced?: boolean;
  /** Whether lines are filled with items, or every item has its own. */
  readonly isFilled?: boolean;
}

/** Items in brackets: on one line where they fit, else between the brackets, indented. */
export function printBracketed(bracketed: Bracketed, style: BracketStyle, { hasTrailingComma, trivia }: Printing): Doc {
  const { items, rest } = bracketed;
  const { open, close } = style;
  if (items.length === 0) return printEmpty(rest, style);
  const id = Symbol("brackets");
  const edge = style.isSpaced === true ? line : softline;
  const parts = items.map((item, index): Doc => {
    const isLast = index === items.length - 1;
    const comma = isLast ? (hasTrailingComma ? ifBreak(",", "", { groupId: id }) : "") : ",";
    return [item.doc, comma, item.lineEnd === undefined ? "" : printLineEnd(item.lineEnd)];
  });
  const between = separators(items, style.isFilled === true);
  const content = style.isFilled === true ? fill(alternate(parts, between)) : alternate(parts, between);
  const behind = rest.map((comment): Doc => [
    hardline,
    trivia.isBlankBefore(comment.span.start) ? hardline : "",
    printComment(comment),
  ]);
  return group([open, indent([edge, content, ...behind]), edge, close], { id });
}

function printEmpty(rest: readonly Comment[], { open, close }: BracketStyle): Doc {
  if (rest.length === 0) return [open, close];
  if (rest.every(isInline)) return [open, join(" ", rest.map(printComment)), close];
  return [open, indent([hardline, join(hardline, rest.map(printComment))]), hardline, close];
}

/** A comment that ends its line, behind a comma. */
function printLineEnd(comment: Comment): Doc {
  return [printTrail([comment]), breakParent];
}

/** What stands between each two items. */
function separators(items: readonly PrintedItem[], isFilled: boolean): readonly Doc[] {
  return items.slice(1).map((item, index): Doc => {
    // A fill does not see that a comment must be the last thing on its line.
    const isLineOver = items[index]?.lineEnd !== undefined || item.hasLines;
    if (isFilled) return item.isApart ? [hardline, hardline] : isLineOver ? hardline : line;
    return [line, item.isApart ? softline : ""];
  });
}

function alternate(parts: readonly Doc[], between: readonly Doc[]): Doc[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [between[index - 1] as Doc, part]));
}
