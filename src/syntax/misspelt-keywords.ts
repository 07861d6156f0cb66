import type { TokenType } from "chevrotain";
import * as t from "../../grammar/tokens.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { canBeginStatement, endsValue, type Surroundings } from "./keywords.ts";
import type { Token } from "./token.ts";

export const misspeltKeyword = defineDiagnostic<{
  readonly span: Span;
  readonly found: string;
  readonly expected: string;
}>(
  "misspelt-keyword",
  "error",
  "A word stands where a keyword is needed that it resembles, or that it means in another language.",
  ({ span, found, expected }) => ({
    message: `Expected the keyword '${expected}', found '${found}'`,
    fix: { title: `Write '${expected}'`, edits: [{ span, text: expected }] },
  }),
  () => ({
    meaning: "A keyword is expected and a word stands there that looks like it, or that means it in another language.",
    example: { kind: "source", source: "modle M { input [4] Dense(3) }" },
  }),
);

/** Words that begin declarations elsewhere. */
const foreignKeywords: ReadonlyMap<string, string> = new Map([
  ["const", "let"],
  ["var", "let"],
  ["def", "block"],
  ["function", "block"],
  ["fn", "block"],
  ["func", "block"],
  ["macro", "block"],
  ["procedure", "block"],
  ["class", "model"],
  ["network", "model"],
]);

/** The keyword that a word is meant for, where what follows has the form of one and no layer has: `modle M {`. */
export function meantKeyword(
  token: Token,
  previous: Token | undefined,
  next: Token | undefined,
  afterNext: Token | undefined,
  surroundings: Surroundings,
): { readonly type: TokenType; readonly word: string } | undefined {
  if (next === undefined || next.tokenType === t.Colon) return undefined;
  if (surroundings === "file") {
    const begins =
      previous === undefined || token.lineStart === true || previous.tokenType === t.RightBrace || endsValue(previous);
    return begins ? keyword(token.image, declarationLike(next, afterNext), t.declarationKeywords) : undefined;
  }
  if (surroundings !== "body" || !canBeginStatement(token, previous)) return undefined;
  return keyword(token.image, statementLike(next, afterNext), t.statementKeywords);
}

/** The keyword for which a word stands in another language, or that it resembles. */
export function resembledKeyword(word: string, candidates: readonly string[]): string | undefined {
  const foreign = foreignKeywords.get(word);
  return foreign !== undefined && candidates.includes(foreign) ? foreign : suggest(word, candidates);
}

function keyword(word: string, candidates: readonly string[], types: ReadonlyMap<string, TokenType>) {
  if (candidates.length === 0 || types.has(word)) return undefined;
  const meant = resembledKeyword(word, candidates);
  const type = meant === undefined ? undefined : types.get(meant);
  return meant === undefined || type === undefined ? undefined : { type, word: meant };
}

function declarationLike(next: Token, afterNext: Token | undefined): readonly string[] {
  if (next.tokenType === t.LeftBrace) {
    return afterNext?.tokenType === t.Identifier ? ["import"] : [];
  }
  if (next.tokenType !== t.Identifier) return [];
  switch (afterNext?.tokenType) {
    case t.LeftBrace:
      return ["model"];
    case t.LeftParen:
      return ["block"];
    case t.Equals:
      return ["let"];
    default:
      return next.lineStart !== true && (afterNext === undefined || afterNext.lineStart === true) ? ["dim"] : [];
  }
}

function statementLike(next: Token, afterNext: Token | undefined): readonly string[] {
  if (next.lineStart === true) return [];
  switch (next.tokenType) {
    case t.LeftBracket:
      return ["input", "labels"];
    case t.StringLiteral:
      return afterNext?.tokenType === t.Colon ? [] : ["weights"];
    case t.NumberLiteral:
      return ["repeat"];
    case t.LeftParen:
      return ["optimizer", "loss", "metrics"].includes(afterNext?.image ?? "") ? ["compile"] : [];
    case t.Identifier:
      return afterNext?.tokenType === t.LeftBrace ? ["repeat"] : [];
    default:
      return [];
  }
}
