import type { IToken } from "chevrotain";
import { Identifier, NumberLiteral, RightBracket, RightParen } from "../../grammar/tokens.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Source } from "./source.ts";
import { tokenEnd, type Token } from "./token.ts";

export const integerDivisionComment = defineDiagnostic(
  "integer-division-comment",
  "hint",
  "A comment inside an expression looks like Python's integer division.",
  () => ({
    message: "'//' begins a comment, it doesn't divide",
    help: "for integer division write floor(a / b)",
  }),
  () => ({
    meaning:
      "'//' begins a comment in this language and does not divide, so the rest of the line is left out. Python's a // b is floor(a / b) here.",
    example: {
      kind: "source",
      source: "let half = 7 // 2\nmodel M { input [4] Dense(half) }",
      mended: "let half = floor(7 / 2)\nmodel M { input [4] Dense(half) }",
    },
  }),
);

/** Line comments that look like a division, by the offset where the token before them ends. */
export type IntegerDivisions = ReadonlyMap<number, IToken>;

/** Finds `units // 2)` and `let half = width // 2`: a comment right behind a value, whose text is a value. */
export function integerDivisionComments(
  source: Source,
  tokens: readonly Token[],
  comments: readonly IToken[],
): IntegerDivisions {
  const found = new Map<number, IToken>();
  let index = 0;
  for (const comment of comments) {
    while (index < tokens.length && (tokens[index] as Token).startOffset < comment.startOffset) index++;
    const before = tokens[index - 1];
    if (before === undefined || found.has(tokenEnd(before)) || !comment.image.startsWith("//")) continue;
    const isValue = [Identifier, NumberLiteral, RightParen, RightBracket].includes(before.tokenType);
    const between = source.text.slice(tokenEnd(before), comment.startOffset);
    if (isValue && /^[ \t]*$/.test(between) && looksLikeDivisor(comment.image)) found.set(tokenEnd(before), comment);
  }
  return found;
}

function looksLikeDivisor(comment: string): boolean {
  return /^\/\/[ \t]*(?:\d[\w.]*[ \t]*(?:[)\],].*)?|[A-Za-z_]\w*[ \t]*[)\]].*)$/.test(comment);
}
