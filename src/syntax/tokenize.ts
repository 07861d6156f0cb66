import { Lexer, type IToken, type TokenType } from "chevrotain";
import { tokens as tokenTypes } from "../../grammar/tokens.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { integerDivisionComments } from "./integer-division.ts";
import { createDocComments, type DocComments } from "./doc-comments.ts";
import { mendTokens } from "./mend-tokens.ts";
import type { Source } from "./source.ts";
import { structure } from "./structure/structure.ts";
import { tokenEnd, type Token } from "./token.ts";

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

let lexer: Lexer | undefined;

/** Splits a source into tokens; whatever is none is reported and left out or mended. */
export function tokenize(source: Source): TokenizedSource {
  lexer ??= new Lexer(tokenTypes as TokenType[], {
    positionTracking: "onlyOffset",
    ensureOptimizations: true,
    skipValidations: true,
  });
  const lexed = lexer.tokenize(source.text);
  const all: Token[] = lexed.tokens;
  markLines(source.text, all);
  const mended = mendTokens(source.path, all);
  const comments = { ordinary: lexed.groups["comments"] ?? [], docs: lexed.groups["docs"] ?? [] };
  const divisions = integerDivisionComments(source, mended.tokens, comments.ordinary);
  const structured = structure(source.path, mended.tokens, divisions);
  return {
    tokens: structured.tokens,
    docs: createDocComments(source, structured.tokens, comments.docs),
    comments,
    endsInGap: mended.endsInGap,
    diagnostics: [...mended.diagnostics, ...structured.diagnostics],
  };
}

/** Gives every token its end, which the lexer leaves out for speed, and the first one of every line its column. */
function markLines(text: string, tokens: readonly Token[]): void {
  let end = 0;
  let lineStart = 0;
  for (const token of tokens) {
    let broken = end === 0;
    for (let at = end; at < token.startOffset; at++) {
      const character = text.charCodeAt(at);
      if (character === 10 || character === 13) {
        broken = true;
        lineStart = at + 1;
      }
    }
    if (broken) {
      token.lineStart = true;
      token.indent = token.startOffset - lineStart;
    }
    end = tokenEnd(token);
    token.endOffset = end - 1;
  }
}
