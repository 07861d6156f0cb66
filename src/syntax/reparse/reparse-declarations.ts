import type { Declaration, ImportDeclaration } from "../ast.ts";
import type { Source } from "../source.ts";
import { moveFile } from "./move-file.ts";
import { parsePiece } from "./parse-piece.ts";
import type { ParsedFile } from "./parsed-file.ts";
import { shiftSpans } from "./shift-spans.ts";
import type { TextChange } from "./text-change.ts";

/** Stands for a declaration that stays. */
const stub = "dim d";

type TopLevel = Declaration | ImportDeclaration;

/**
 * Parses some declarations again, when the edit touches nothing else. What stands before and behind them takes part as a
 * short word: a declaration begins where the one before ends, and the first word of the next one ends it. Undefined where
 * that can't be told.
 */
export function reparseDeclarations(previous: ParsedFile, source: Source, change: TextChange): ParsedFile | undefined {
  const { value: file, faults } = previous;
  if (faults?.kind !== "none") return undefined;
  const all: readonly TopLevel[] = [...file.imports, ...file.declarations].sort((a, b) => a.span.start - b.span.start);
  const first = all.findIndex(({ span }) => change.start <= span.end);
  const from = first < 0 ? all.length : first;
  const next = all.find(({ span }) => change.oldEnd < span.start);
  const distance = change.newEnd - change.oldEnd;
  const start = all[from - 1]?.span.end ?? 0;
  const oldEnd = next?.span.start ?? file.source.text.length;
  const before = from === 0 ? "" : stub;
  const behind = next === undefined ? "" : stub;
  const text = `${before}${source.text.slice(start, oldEnd + distance)}${behind}`;
  // As much work as the whole file.
  if (text.length > source.text.length / 2) return undefined;
  const parsed = parsePiece(previous, source, text);
  if (parsed === undefined) return undefined;
  const { value: tree, diagnostics, isSearched } = parsed;
  if (diagnostics.length > 0) return undefined;
  const [ahead] = before === "" ? [] : tree.declarations;
  const last = behind === "" ? undefined : tree.declarations.at(-1);
  if (before !== "" && ahead?.span.end !== before.length) return undefined;
  // What stands before the next declaration may be its doc comment.
  if (next !== undefined && (last?.span.start !== text.length - stub.length || last.doc !== docOf(next)))
    return undefined;
  const declarations = tree.declarations.filter((each) => each !== ahead && each !== last);

  const away = start - before.length;
  for (const each of [...declarations, ...tree.imports, ...(tree.comments ?? [])]) shiftSpans(each, away);
  const isBefore = ({ span }: TopLevel): boolean => from > 0 && span.end <= start;
  const isBehind = ({ span }: TopLevel): boolean => span.start >= oldEnd;
  const kept = <Kind extends TopLevel>(old: readonly Kind[], made: readonly Kind[]): readonly Kind[] => {
    const later = old.filter(isBehind);
    for (const each of later) shiftSpans(each, distance);
    return [...old.filter(isBefore), ...made, ...later];
  };
  const parts = {
    declarations: kept(file.declarations, declarations),
    imports: kept(file.imports, tree.imports),
  };
  const replaced = { start, oldEnd, comments: tree.comments ?? [] };
  return { value: moveFile(file, source, change, replaced, parts), diagnostics, faults, isSearched };
}

function docOf(declaration: TopLevel): string | undefined {
  return declaration.kind === "import" ? undefined : declaration.doc;
}
