import type { Checked } from "../../diagnostics/diagnostic.ts";
import type { ModelFile } from "../ast.ts";
import { findMends } from "../dialects/find-mends.ts";
import { readScript } from "../dialects/script.ts";
import { hasOwnCompile } from "../declares-callable.ts";
import { parseSource } from "../parse-source.ts";
import type { Source } from "../source.ts";
import type { ParsedFile } from "./parsed-file.ts";

interface ParsedPiece extends Checked<ModelFile> {
  readonly isSearched: boolean;
}

/**
 * Parses a piece of a file as it is now. A file is searched for habits of other languages as a whole or not at all: undefined
 * where that changes with the piece, and something would be found.
 */
export function parsePiece(previous: ParsedFile, whole: Source, text: string): ParsedPiece | undefined {
  const { isSearched } = previous;
  const { isSuspect, ...parsed } = parseSource(
    { path: whole.path, text },
    { isSearched, hasOwnCompile: hasOwnCompile(previous.value) },
  );
  if (isSearched) return isSuspect || parsed.diagnostics.length === 0 ? { ...parsed, isSearched } : undefined;
  if (!isSuspect) return { ...parsed, isSearched };
  const script = readScript(whole);
  return script === undefined || findMends(script) === undefined ? { ...parsed, isSearched: true } : undefined;
}
