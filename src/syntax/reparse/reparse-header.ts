import type { Source } from "../source.ts";
import type { Declaration } from "../ast.ts";
import { bodyStart, hasBody, type WithBody } from "./body-of.ts";
import { moveFile } from "./move-file.ts";
import { parsePiece } from "./parse-piece.ts";
import type { ParsedFile } from "./parsed-file.ts";
import { shiftSpans } from "./shift-spans.ts";
import type { TextChange } from "./text-change.ts";

/**
 * Parses what stands before the body of a model or a block again, when the edit touches nothing else: its name, its parameters
 * and its doc comment. Undefined where that can't be told.
 */
export function reparseHeader(previous: ParsedFile, source: Source, change: TextChange): ParsedFile | undefined {
  const { value: file, faults } = previous;
  if (faults?.kind !== "none") return undefined;
  const all = [...file.imports, ...file.declarations];
  const index = file.declarations.findIndex(({ span }) => change.start < span.end);
  const declaration = file.declarations[index];
  if (!hasBody(declaration)) return undefined;
  const start = all.reduce((end, { span }) => (span.end <= declaration.span.start ? Math.max(end, span.end) : end), 0);
  const brace = bodyStart(declaration, file.source.text);
  if (brace === undefined || change.start <= start || change.oldEnd >= brace) return undefined;

  const distance = change.newEnd - change.oldEnd;
  // What ends before it stands there as a word that ends like it: a doc comment on its line would document nothing.
  const before = start === 0 ? "" : "dim d";
  const header = source.text.slice(start, brace + distance);
  const text = `${before}${header}}`;
  const parsed = parsePiece(previous, source, text);
  if (parsed === undefined) return undefined;
  const { value: tree, diagnostics, isSearched } = parsed;
  const made = tree.declarations.at(-1);
  const isAlone = tree.declarations.length === (before === "" ? 1 : 2) && tree.imports.length === 0;
  if (diagnostics.length > 0 || !isAlone || !hasBody(made) || made.body.length > 0) return undefined;
  if (made.kind !== declaration.kind || made.span.end !== text.length) return undefined;

  const away = start - before.length;
  shiftSpans(made, away);
  for (const comment of tree.comments ?? []) shiftSpans(comment, away);
  for (const item of declaration.body) shiftSpans(item, distance);
  const changed = {
    ...made,
    body: declaration.body,
    span: { ...made.span, end: declaration.span.end + distance },
  } satisfies WithBody as Declaration;
  const later = file.declarations.slice(index + 1);
  for (const each of later) shiftSpans(each, distance);
  for (const each of file.imports) if (each.span.start >= change.oldEnd) shiftSpans(each, distance);
  const value = moveFile(
    file,
    source,
    change,
    { start, oldEnd: brace, comments: tree.comments ?? [] },
    { imports: file.imports, declarations: [...file.declarations.slice(0, index), changed, ...later] },
  );
  return { value, diagnostics, faults, isSearched };
}
