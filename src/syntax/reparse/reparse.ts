import { MAX_DIALECT_LENGTH } from "../limits.ts";
import { hasOwnCompile } from "../declares-callable.ts";
import { parseSource } from "../parse-source.ts";
import type { Source } from "../source.ts";
import { locateFaults } from "./locate-faults.ts";
import type { ParsedFile } from "./parsed-file.ts";
import { reparseDeclarations } from "./reparse-declarations.ts";
import { reparseHeader } from "./reparse-header.ts";
import { reparseStatements } from "./reparse-statements.ts";
import { changeBetween } from "./text-change.ts";

/**
 * Parses a text that was parsed before as another one. Where the edit can be told to have changed nothing but some
 * statements, the head of a declaration or some declarations, those alone are parsed: the other nodes of the tree are those
 * of before, moved to where they stand now. So the earlier tree is of no use afterwards. The tree and the diagnostics are
 * those that `parseSource` gives.
 */
export function reparse(previous: ParsedFile | undefined, source: Source): ParsedFile {
  const { path, text } = source;
  const before = previous?.value.source;
  const isKnown = before?.path === path && mayBeSearched(before.text) === mayBeSearched(text);
  if (previous?.faults === undefined || before === undefined || !isKnown) return parseWhole(source);
  const change = changeBetween(before.text, text);
  if (change === undefined) return previous;
  const isCompileOwn = hasOwnCompile(previous.value);
  const parsed =
    reparseStatements(previous, source, change) ??
    reparseHeader(previous, source, change) ??
    reparseDeclarations(previous, source, change);
  // What the word means in all bodies has changed with a name.
  return parsed === undefined || hasOwnCompile(parsed.value) !== isCompileOwn ? parseWhole(source) : parsed;
}

/** Whether a text may be searched for habits of other languages. */
function mayBeSearched(text: string): boolean {
  return text.length <= MAX_DIALECT_LENGTH;
}

function parseWhole(source: Source): ParsedFile {
  const { isSuspect: isSearched, ...parsed } = parseSource(source);
  const faults = locateFaults(parsed);
  return { ...parsed, isSearched, ...(faults === undefined ? {} : { faults }) };
}
