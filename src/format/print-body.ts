import type { Doc } from "prettier";
import { builders } from "prettier/doc";
import type { BodyItem, Comment, LayerStatement, RepeatStatement, ShapeAssertion } from "../syntax/ast.ts";
import { bodyRange, divideBody, endOf, type Range } from "./divide-body.ts";
import { isApart, printLead, printRest, printTrail, printWritten, saysIgnore } from "./print-comments.ts";
import { printArguments, printExpression, printLastList, printList } from "./print-expression.ts";
import { printLabel, printString, withoutItsComments, type Printing } from "./printing.ts";
import type { Trivia } from "./trivia.ts";

const { group, hardline, indent, join, line } = builders;

/**
 * The statements of a body within their braces, a line each. `docs` are the statements printed by themselves; the comments of
 * the body are those in a range.
 */
export function printBody(body: readonly BodyItem[], docs: readonly Doc[], range: Range, printing: Printing): Doc {
  const { trivia } = printing;
  const { items, head, rest } = divideBody(body, range, trivia);
  if (items.length === 0 && head.length === 0 && rest.length === 0) return "{}";
  // A body with several clauses shows them apart from its layers.
  const clauses = body.filter((item) => isClause(item)).length;
  const statements = items.map((item, index): Doc => {
    const { node, lead, trail } = item;
    const before = body[index - 1];
    const isOther = before !== undefined && clauses > 1 && isClause(before) !== isClause(node);
    const blank = before !== undefined && (isOther || isApart(item, trivia)) ? hardline : "";
    const inner = headComments(node, trivia);
    const written = saysIgnore([...lead, ...inner]) ? trivia.slice(node.span.start, node.span.end) : undefined;
    const own = written === undefined ? (docs[index] as Doc) : printWritten(written);
    return [blank, printLead(item, written === undefined ? inner : [], printing), own, printTrail(trail)];
  });
  const lines = [...statements, ...printRest(rest, items.length === 0, printing)];
  const inside = lines.length === 0 ? "" : indent([hardline, join(hardline, lines)]);
  return ["{", printTrail(head), inside, hardline, "}"];
}

function isClause(item: BodyItem): boolean {
  return item.kind === "input" || item.kind === "weights" || item.kind === "labels" || item.kind === "compile";
}

/** The comments of a statement that can't stay where they are: those before its arguments, its list or its body. */
function headComments(item: BodyItem, trivia: Trivia): readonly Comment[] {
  const { start, end } = item.span;
  switch (item.kind) {
    case "input":
      return trivia.between(start, item.shape.span.start);
    case "labels":
      return trivia.between(start, item.labels.span.start);
    case "weights":
      return trivia.between(start, end);
    case "repeat":
      return trivia.between(start, item.count.span.end);
    case "layer":
    case "compile":
      return trivia.between(start, item.callee.span.start);
  }
}

/** A statement without the comments around it; `body` prints the statements of a repeat. */
export function printStatement(item: BodyItem, body: () => readonly Doc[], printing: Printing): Doc {
  switch (item.kind) {
    case "input":
      return ["input ", printList(item.shape.items, item.shape.span, printing)];
    case "weights": {
      const prefix = item.prefix === undefined ? "" : ` prefix ${printString(item.prefix, printing)}`;
      return `weights ${printString(item.path, printing)}${prefix}`;
    }
    case "compile":
      return ["compile", printArguments(item.arguments, { start: item.callee.span.end, end: item.span.end }, printing)];
    case "labels":
      return ["labels ", printList(item.labels.items, item.labels.span, printing)];
    case "repeat":
      return printRepeat(item, body(), printing);
    case "layer":
      return printLayer(item, printing);
  }
}

function printRepeat(item: RepeatStatement, docs: readonly Doc[], printing: Printing): Doc {
  const { trivia, given } = printing;
  const count = printExpression(item.count, withoutItsComments(printing));
  const head = [printLabel(item.label, printing), "repeat ", count, " "];
  const range = bodyRange(item, trivia);
  const [only, ...more] = item.body;
  const isBare = only !== undefined && only.doc === undefined && (given?.get(only) ?? []).length === 0;
  const isShort = isBare && more.length === 0 && trivia.between(range.start, range.end).length === 0;
  const body = isShort ? ["{", indent([line, docs[0] as Doc]), line, "}"] : printBody(item.body, docs, range, printing);
  return group([head, body, printAssertion(item.assertion, range.end, printing)]);
}

function printLayer(item: LayerStatement, printing: Printing): Doc {
  const { callee, arguments: args } = item;
  const name = `${printLabel(item.label, printing)}${callee.text}`;
  const start = callee.span.end;
  if (args === undefined) return [name, printAssertion(item.assertion, start, printing, printList)];
  const end = endOf(")", args.at(-1)?.span.end ?? start, item, printing.trivia);
  return [name, printArguments(args, { start, end }, printing), printAssertion(item.assertion, end, printing)];
}

/** An assertion; the comments from `start` up to its list go into that. */
function printAssertion(
  assertion: ShapeAssertion | undefined,
  start: number,
  printing: Printing,
  print: typeof printList = printLastList,
): Doc {
  if (assertion === undefined) return "";
  const { items, span } = assertion.shape;
  return [" -> ", print(items, { start, end: span.end }, printing)];
}
