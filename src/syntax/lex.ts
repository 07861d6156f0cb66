import { Lexer, type IToken, type TokenType } from "chevrotain";
import { tokens as tokenTypes } from "../../grammar/tokens.ts";
import { editTokens, type Edit } from "./edit-tokens.ts";
import type { Token } from "./token.ts";

export interface LexedSource {
  readonly tokens: Token[];
  /** Ordinary comments and doc comments, each in order. */
  readonly comments: { readonly ordinary: readonly IToken[]; readonly docs: readonly IToken[] };
}

let lexer: Lexer | undefined;

/** The tokens of a text as they are written, or as edits leave them: these stand where the text that is edited does. */
export function lex(text: string, edits?: readonly Edit[]): LexedSource {
  lexer ??= new Lexer(tokenTypes as TokenType[], {
    positionTracking: "onlyOffset",
    ensureOptimizations: true,
    skipValidations: true,
  });
  const lexed = lexer.tokenize(text);
  const { comments: ordinary = [], docs = [] } = lexed.groups;
  const comments = { ordinary: outside(ordinary, edits), docs: outside(docs, edits) };
  const written: Token[] = lexed.tokens;
  const tokens = edits === undefined ? written : editTokens(text, written, edits, (part) => lex(part).tokens);
  markLines(text, tokens);
  return { tokens, comments };
}

/** Comments, in order, without those that begin in an edited piece of the text. */
function outside(comments: readonly IToken[], edits: readonly Edit[] = []): readonly IToken[] {
  if (edits.length === 0) return comments;
  const spans = edits.map(({ span }) => span).toSorted((a, b) => a.start - b.start);
  let at = 0;
  return comments.filter(({ startOffset }) => {
    while (at < spans.length && (spans[at] as Edit["span"]).end <= startOffset) at++;
    const span = spans[at];
    return span === undefined || startOffset < span.start;
  });
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
    token.endOffset ??= token.startOffset + token.image.length - 1;
    end = token.endOffset + 1;
  }
}
