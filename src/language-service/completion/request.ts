import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Analysis } from "../analysis.ts";
import type { Cursor } from "../cursor/cursor.ts";
import type { Surroundings } from "../surroundings.ts";
import type { TextEdit } from "../text-edit.ts";
import type { CompletionItem } from "./completion-item.ts";
import { namesInScope, type ScopedName } from "./names-in-scope.ts";

/** A question for completions. */
export interface CompletionRequest {
  readonly analysis: Analysis;
  readonly offset: number;
  readonly cursor: Cursor;
  readonly names: readonly ScopedName[];
  readonly surroundings: Surroundings;
  /** The source text of a part of any file of the program. */
  textOf(span: Span): string;
}

export function makeRequest(
  analysis: Analysis,
  offset: number,
  cursor: Cursor,
  surroundings: Surroundings,
): CompletionRequest {
  const { source, program } = analysis;
  const textOf = ({ file, start, end }: Span): string =>
    (file === source.path ? source : program.files.get(file)?.source)?.text.slice(start, end) ?? "";
  return { analysis, offset, cursor, names: namesInScope(analysis), surroundings, textOf };
}

/** The edit that writes a snippet in place of the word at the cursor. */
function inPlaceOfWord({ analysis, cursor }: CompletionRequest, snippet: string): TextEdit {
  const { start, end } = cursor.word;
  return { span: { file: analysis.source.path, start, end }, text: snippet };
}

/** An item that is written in place of the word. */
export function item(
  request: CompletionRequest,
  snippet: string,
  details: Omit<CompletionItem, "edit" | "additionalEdits"> & Partial<Pick<CompletionItem, "additionalEdits">>,
): CompletionItem {
  return { additionalEdits: [], ...details, edit: inPlaceOfWord(request, snippet) };
}

/** Whether a character follows the word at once with which it would grow together. */
export function isGluedBehind({ analysis, cursor }: CompletionRequest): boolean {
  return /^[\p{L}\p{N}_$".[({]/u.test(analysis.source.text.slice(cursor.word.end, cursor.word.end + 2));
}
