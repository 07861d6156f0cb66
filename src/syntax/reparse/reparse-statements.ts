import type { BodyItem, ModelFile } from "../ast.ts";
import { MAX_DIALECT_LENGTH } from "../limits.ts";
import type { Source } from "../source.ts";
import { bodyEnd, bodyStart, hasBody, type WithBody } from "./body-of.ts";
import { areLocal, placesOf } from "./locate-faults.ts";
import { moveFile } from "./move-file.ts";
import { parsePiece } from "./parse-piece.ts";
import type { Faults, ParsedFile } from "./parsed-file.ts";
import { shiftSpans } from "./shift-spans.ts";
import type { TextChange } from "./text-change.ts";

/** Statements of a body, with the one before and the one behind them: these show that nothing else has changed. */
interface Window {
  readonly declaration: WithBody;
  readonly index: number;
  /** The statements that are parsed again lie from `first` up to `last`, both of which are known to stay as they are. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** Offsets in the old text. */
  readonly start: number;
  readonly end: number;
}

/**
 * Parses statements of one body again, when the edit touches nothing else: the statement before and the one behind are
 * parsed with them, and have to be what they were. A statement begins where the one before ends, whatever that is, so what
 * follows is what it was too. Undefined where that can't be told.
 */
export function reparseStatements(previous: ParsedFile, source: Source, change: TextChange): ParsedFile | undefined {
  const { value: file, faults } = previous;
  const window = faults && findWindow(file, faults, change);
  if (window === undefined) return undefined;
  const { declaration, first, last, start, end } = window;
  const distance = change.newEnd - change.oldEnd;
  const head = declaration.kind === "model" ? "model M {" : "block B() {";
  // A line comment that is left open would take the brace along, as it takes what stands behind in the file.
  const text = `${head}${source.text.slice(start, end + distance)}}`;
  const parsed = parsePiece(previous, source, text);
  if (parsed === undefined) return undefined;
  const { value: tree, diagnostics, isSearched } = parsed;
  const [only, ...others] = tree.declarations;
  if (!hasBody(only) || others.length > 0 || tree.imports.length > 0 || only.span.end !== text.length) return undefined;

  const away = start - head.length;
  const items = only.body;
  const isFirst = first === undefined || isSame(items[0], declaration.body[first], away);
  const isLast = last === undefined || isSame(items.at(-1), declaration.body[last], away, distance);
  if (!isFirst || !isLast || (first !== undefined && last !== undefined && items.length < 2)) return undefined;
  const made = items.slice(first === undefined ? 0 : 1, last === undefined ? undefined : -1);
  if (diagnostics.length > 0) {
    // With a statement on each side that is what it was, nothing around them is to blame or to be blamed.
    const isSearched = source.text.length <= MAX_DIALECT_LENGTH;
    if (first === undefined || last === undefined || !isSearched || !areLocal(diagnostics)) return undefined;
    const from = (items[0] as BodyItem).span.end;
    const to = (items.at(-1) as BodyItem).span.start;
    const places = diagnostics.flatMap(placesOf);
    if (!places.every(({ start: at, end: until }) => from < at && until < to)) return undefined;
  }
  for (const item of made) shiftSpans(item, away);
  for (const comment of tree.comments ?? []) shiftSpans(comment, away);
  for (const diagnostic of diagnostics) shiftSpans(diagnostic, away);

  const kept = declaration.body.slice(0, first === undefined ? 0 : first + 1);
  const behind = last === undefined ? [] : declaration.body.slice(last);
  for (const item of behind) shiftSpans(item, distance);
  const { span } = declaration;
  const changed: WithBody = {
    ...declaration,
    body: [...kept, ...made, ...behind],
    span: { ...span, end: span.end + distance },
  };
  const later = file.declarations.slice(window.index + 1);
  for (const each of later) shiftSpans(each, distance);
  for (const each of file.imports) if (each.span.start >= change.oldEnd) shiftSpans(each, distance);
  const value = moveFile(
    file,
    source,
    change,
    { start, oldEnd: end, comments: tree.comments ?? [] },
    { imports: file.imports, declarations: [...file.declarations.slice(0, window.index), changed, ...later] },
  );
  const from = kept.length;
  const now: Faults =
    diagnostics.length === 0
      ? { kind: "none" }
      : { kind: "statements", declaration: window.index, from, after: from + made.length };
  return { value, diagnostics, faults: now, isSearched };
}

/** Whether a statement that was parsed again, `away` characters from its place, is the one that stood `distance` before. */
function isSame(item: BodyItem | undefined, old: BodyItem | undefined, away: number, distance = 0): boolean {
  if (item === undefined || old === undefined || item.kind !== old.kind || item.doc !== old.doc) return false;
  const start = old.span.start + distance;
  const end = old.span.end + distance;
  return item.span.start + away === start && item.span.end + away === end;
}

function findWindow(file: ModelFile, faults: Faults, change: TextChange): Window | undefined {
  const { declarations, source } = file;
  const index = declarations.findIndex(({ span }) => span.start < change.start && change.oldEnd < span.end);
  const declaration = declarations[index];
  if (!hasBody(declaration)) return undefined;
  if (faults.kind === "statements" && faults.declaration !== index) return undefined;
  const { body } = declaration;
  const start = bodyStart(declaration, source.text);
  const end = bodyEnd(declaration, source.text);
  if (start === undefined || end === undefined || change.start < start || change.oldEnd > end) return undefined;
  // A statement is touched by an edit of what stands between it and the one before: that may be its doc comment.
  let from = body.findIndex(({ span }) => change.start <= span.end);
  if (from < 0) from = body.length;
  let after = body.findIndex(({ span }) => change.oldEnd < span.start);
  if (after < 0) after = body.length;
  else if (after === 0 || change.oldEnd >= (body[after - 1] as BodyItem).span.end) after++;
  if (faults.kind === "statements") {
    from = Math.min(from, faults.from);
    after = Math.max(after, faults.after);
  }
  const first = from === 0 ? undefined : from - 1;
  const last = after >= body.length ? undefined : after;
  return {
    declaration,
    index,
    first,
    last,
    start: first === undefined ? start : startOf(body, first, start),
    end: last === undefined ? end : (body[last] as BodyItem).span.end,
  };
}

/** Where what belongs to a statement begins: behind the one before. */
function startOf(body: readonly BodyItem[], at: number, start: number): number {
  return body[at - 1]?.span.end ?? start;
}
