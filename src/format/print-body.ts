import type { BodyItem, Comment, LayerStatement, Name, RepeatStatement, ShapeAssertion } from "../syntax/ast.ts";
import { lineWidth } from "./bracketed.ts";
import { isApart, printLead, printRest, printTrail, type Printing } from "./print-comments.ts";
import { printCall, printExpression, printList, printString } from "./print-expression.ts";
import { divideComments, splitGap, noTrivia } from "./trivia.ts";

/** The statements of a body within their braces, a line each; the comments of the body are those in a range. */
export function printBody(
  body: readonly BodyItem[],
  range: { readonly start: number; readonly end: number },
  indent: string,
  printing: Printing,
): string {
  const { trivia } = printing;
  const { items, rest } = divideComments(body, range, "none", trivia);
  if (items.length === 0 && rest.length === 0) return "{}";
  const inner = `${indent}  `;
  // A body with several clauses shows them apart from its layers.
  const clauses = body.filter((item) => isClause(item)).length;
  const head = splitHead(items[0]?.lead ?? rest, items[0]?.node.span.start ?? range.end, range.start, printing);
  const lines = items.map((item, index) => {
    const { node } = item;
    const before = body[index - 1];
    const isOther = before !== undefined && clauses > 1 && isClause(before) !== isClause(node);
    const blank = before !== undefined && (isOther || isApart(item, trivia)) ? "\n" : "";
    const lead = printLead(
      index === 0 ? { node, lead: head.lead } : item,
      headComments(node, printing),
      inner,
      printing,
    );
    return `${blank}${lead}${inner}${printItem(node, inner, printing)}${printTrail(item.trail)}\n`;
  });
  const end = printRest(items.length === 0 ? head.lead : rest, inner, items.length === 0, printing);
  return `{${printTrail(head.trail)}\n${lines.join("")}${end}${indent}}`;
}

/** Divides the comments before the first statement of a body: those behind the brace, on its line, stay there. */
function splitHead(
  comments: readonly Comment[],
  next: number,
  start: number,
  { trivia }: Printing,
): { readonly trail: readonly Comment[]; readonly lead: readonly Comment[] } {
  const [first] = comments;
  if (first === undefined) return { trail: [], lead: [] };
  const brace = trivia.find("{", start);
  // One before the brace goes behind it, and takes the others along.
  return first.span.start < brace ? { trail: [], lead: comments } : splitGap(brace + 1, next, "none", trivia);
}

function isClause(item: BodyItem): boolean {
  return item.kind === "input" || item.kind === "weights" || item.kind === "labels";
}

/** The comments of a statement that can't stay where they are: those before its arguments, its list or its body. */
function headComments(item: BodyItem, { trivia }: Printing): readonly Comment[] {
  const { start } = item.span;
  switch (item.kind) {
    case "input":
      return trivia.between(start, item.shape.span.start);
    case "labels":
      return trivia.between(start, item.labels.span.start);
    case "weights":
      return trivia.between(start, item.span.end);
    case "repeat":
      return trivia.between(start, item.count.span.end);
    case "layer":
      return trivia.between(start, item.callee.span.start);
  }
}

function printItem(item: BodyItem, indent: string, printing: Printing): string {
  const { trivia } = printing;
  switch (item.kind) {
    case "input":
      return `input ${printList(item.shape.items, item.shape.span, indent.length + 6, trivia)}`;
    case "weights":
      return `weights ${printString(item.path.value)}${item.prefix === undefined ? "" : ` prefix ${printString(item.prefix.value)}`}`;
    case "labels":
      return `labels ${printList(item.labels.items, item.labels.span, indent.length + 7, trivia)}`;
    case "repeat":
      return printRepeat(item, indent, printing);
    case "layer":
      return printLayer(item, indent.length, printing);
  }
}

function printRepeat(item: RepeatStatement, indent: string, printing: Printing): string {
  const { trivia, comments } = printing;
  const label = printLabel(item.label);
  const head = `${label}repeat ${printExpression(item.count, indent.length + label.length + 7, noTrivia)} `;
  const start = item.count.span.end;
  const end = endOf("}", item.body.at(-1)?.span.end ?? start, item, printing);
  const [only, ...more] = item.body;
  const isBare = only !== undefined && only.doc === undefined && (comments?.get(only) ?? []).length === 0;
  if (isBare && more.length === 0 && trivia.between(start, end).length === 0) {
    const text = `${head}{ ${printItem(only, `${indent}  `, printing)} }`;
    const whole = `${text}${printAssertion(item.assertion, end, indent.length + text.length, printing)}`;
    if (!whole.includes("\n") && indent.length + whole.length <= lineWidth) return whole;
  }
  const body = printBody(item.body, { start, end }, indent, printing);
  return `${head}${body}${printAssertion(item.assertion, end, indent.length + 1, printing)}`;
}

function printLayer(item: LayerStatement, column: number, printing: Printing): string {
  const { callee, arguments: args } = item;
  const label = printLabel(item.label);
  const start = callee.span.end;
  if (args === undefined) {
    const text = `${label}${callee.text}`;
    return `${text}${printAssertion(item.assertion, start, column + text.length, printing)}`;
  }
  const end = endOf(")", args.at(-1)?.span.end ?? start, item, printing);
  const call = printCall(callee.text, args, { start, end }, column + label.length, printing.trivia);
  const text = `${label}${call}`;
  const lastLine = text.lastIndexOf("\n");
  const behind = lastLine < 0 ? column + text.length : text.length - lastLine - 1;
  return `${text}${printAssertion(item.assertion, end, behind, printing)}`;
}

/** Where the bracket ends that the arguments or the body of a statement stand in. */
function endOf(
  closer: ")" | "}",
  from: number,
  { assertion, span }: LayerStatement | RepeatStatement,
  { trivia }: Printing,
): number {
  return assertion === undefined ? span.end : trivia.find(closer, from) + 1;
}

/** An assertion behind a column; the comments from `start` up to its list go into that. */
function printAssertion(
  assertion: ShapeAssertion | undefined,
  start: number,
  column: number,
  { trivia }: Printing,
): string {
  if (assertion === undefined) return "";
  const { items, span } = assertion.shape;
  return ` -> ${printList(items, { start, end: span.end }, column + 4, trivia)}`;
}

function printLabel(label: Name | undefined): string {
  if (label === undefined) return "";
  const { text } = label;
  return `${/^[A-Za-z_][A-Za-z0-9_]*$/.test(text) ? text : printString(text)}: `;
}
