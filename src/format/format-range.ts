import type { BodyItem, Declaration, ImportDeclaration } from "../syntax/ast.ts";
import type { Commented } from "./divide-comments.ts";
import { bodyRange, divideBody, type BodyOwner, type Range } from "./divide-body.ts";
import type { FormatOptions } from "./format-options.ts";
import { formatSource } from "./format-source.ts";
import type { PrintedFile } from "./printed-file.ts";
import type { Trivia } from "./trivia.ts";

/** A change of a text: what stands in place of a range. */
export interface TextEdit extends Range {
  readonly text: string;
}

/**
 * Formats the declarations or statements that a range of a model file touches, and nothing else: answers the one edit that does,
 * or undefined where nothing is to change. They get the form that they have when the whole file is formatted. Lines end as the
 * first of the text does. Rejects as `formatSource` does.
 */
export async function formatRange(
  text: string,
  range: Range,
  options: Omit<FormatOptions, "endOfLine"> = {},
): Promise<TextEdit | undefined> {
  return editOfRange(text, await formatSource(text, { ...options, endOfLine: "auto" }), range);
}

/** The same for a text that has been formatted, by whatever Prettier. */
export async function editOfRange(text: string, formatted: string, range: Range): Promise<TextEdit | undefined> {
  const [{ parseToPrint }, { divideDeclarations }] = await Promise.all([
    import("./parse-to-print.ts"),
    import("./print-declaration.ts"),
  ]);
  const levelOf = (file: PrintedFile, source: string): Level => ({
    slots: divideDeclarations(file.nodes, file.span.end, file.trivia).items,
    trivia: file.trivia,
    source,
  });
  const found = editWithin(levelOf(parseToPrint(text), text), levelOf(parseToPrint(formatted), formatted), range);
  const edit = found === "more" ? { start: 0, end: text.length, text: formatted } : found;
  return edit === undefined || edit.text === text.slice(edit.start, edit.end) ? undefined : edit;
}

/** A declaration or a statement with all that belongs to it; each slot begins where the one before it ends. */
type Slot = Commented<ImportDeclaration | Declaration | BodyItem>;

/** Nodes that stand one after the other in a text. */
interface Level {
  readonly slots: readonly Slot[];
  readonly trivia: Trivia;
  readonly source: string;
}

/**
 * The edit that gives the slots that a range touches the form they have in the formatted text; undefined where it touches none.
 * `more`: a comment moves into them, or out of them.
 */
function editWithin(level: Level, formatted: Level, range: Range): TextEdit | "more" | undefined {
  const touched = level.slots.filter(({ start, end }) => start <= range.end && end > range.start);
  const [first] = touched;
  // A range that ends where a slot begins has nothing of that.
  const last = touched.findLast(({ start }) => start < range.end) ?? first;
  if (first === undefined || last === undefined) return undefined;
  const [newFirst, newLast] = [first, last].map((slot) => formatted.slots[level.slots.indexOf(slot)] as Slot) as [
    Slot,
    Slot,
  ];
  const inner = first === last ? editInBody(level, first.node, formatted, newFirst.node, range) : "more";
  if (inner !== "more") return inner;
  const [start, end] = [first.start, last.end];
  const [newStart, newEnd] = [newFirst.start, newLast.end];
  const before = commentsIn({ start, end }, level.trivia);
  const after = commentsIn({ start: newStart, end: newEnd }, formatted.trivia);
  if (before.join("\n") !== after.join("\n")) return "more";
  return { start, end, text: formatted.source.slice(newStart, newEnd) };
}

/** The edit within the body of something, if it has one over several lines that the range lies in. */
function editInBody(
  level: Level,
  node: Slot["node"],
  formatted: Level,
  newNode: Slot["node"],
  range: Range,
): TextEdit | "more" | undefined {
  if (!hasBody(node) || !hasBody(newNode)) return "more";
  const { start, end } = bodyRange(node, level.trivia);
  const newRange = bodyRange(newNode, formatted.trivia);
  const isWithin = range.start > level.trivia.find("{", start) && range.end < end;
  if (!isWithin || !/[\r\n]/.test(formatted.source.slice(newRange.start, newRange.end))) return "more";
  return editWithin(bodyLevel(node, level), bodyLevel(newNode, formatted), range);
}

function hasBody(node: Slot["node"]): node is BodyOwner {
  return "body" in node;
}

function bodyLevel(node: BodyOwner, level: Level): Level {
  const { trivia } = level;
  return { ...level, slots: divideBody(node.body, bodyRange(node, trivia), trivia).items };
}

/** The comments of a range, without what formatting may change of them. */
function commentsIn({ start, end }: Range, trivia: Trivia): readonly string[] {
  const texts = [...trivia.between(start, end), ...trivia.docsIn(start, end)];
  return texts.map(({ text }) => text.replace(/^\/+/, "").replaceAll(/\s+/g, " ").trim());
}
