import type { IToken } from "chevrotain";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { integerDivisionComments } from "./integer-division.ts";
import { createDocComments, type DocComments } from "./doc-comments.ts";
import type { Edit } from "./edit-tokens.ts";
import { lex } from "./lex.ts";
import { mendTokens } from "./mend-tokens.ts";
import type { Source } from "./source.ts";
import { structure } from "./structure/structure.ts";
import type { Token } from "./token.ts";

/** The tokens of a file, ready for the parser: brackets are balanced and keywords told from names. */
export interface TokenizedSource {
  readonly tokens: readonly Token[];
  readonly docs: DocComments;
  /** Ordinary comments and doc comments, each in order. */
  readonly comments: { readonly ordinary: readonly IToken[]; readonly docs: readonly IToken[] };
  /** Whether something that has been reported was left out at the end. */
  readonly endsInGap: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Splits a source into tokens, after edits that have been reported; whatever is none is reported and left out or mended. Of a
 * piece of a file it can't be told whether the file has a `compile` of its own.
 */
export function tokenize(source: Source, edits?: readonly Edit[], isCompileOwn?: boolean): TokenizedSource {
  const { tokens: all, comments } = lex(source.text, edits);
  const mended = mendTokens(source.path, all);
  const divisions = integerDivisionComments(source, mended.tokens, comments.ordinary);
  const structured = structure(source.path, mended.tokens, divisions, mended.endsInComment, isCompileOwn);
  return {
    tokens: structured.tokens,
    docs: createDocComments(source, structured.tokens, comments.docs),
    comments,
    endsInGap: mended.endsInGap,
    diagnostics: [...mended.diagnostics, ...structured.diagnostics],
  };
}
