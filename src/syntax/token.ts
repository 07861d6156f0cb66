import { createTokenInstance, type TokenType } from "chevrotain";
import type { PlacedToken } from "../../grammar/recovering-parser.ts";
import type { Span } from "../diagnostics/diagnostic.ts";

/** A token with what the stages between lexer and parser know of it. */
export interface Token extends PlacedToken {
  /** Columns before it, if it is the first of its line. */
  indent?: number;
  /** Whether something that has been reported was left out before it. */
  afterGap?: boolean;
  /** Whether its text has been reported as wrong, so that nothing can be said of its value. */
  broken?: boolean;
  /** Whether it has been reported and is not to be parsed. */
  leftOut?: boolean;
  /** Whether it is a string without quotes. */
  unquoted?: boolean;
}

export function tokenSpan(file: string, token: Token): Span {
  return { file, start: token.startOffset, end: tokenEnd(token) };
}

/** The offset after the last character; `lex` gives it to every token, since one that stands for other text has another length. */
export function tokenEnd(token: Token): number {
  return (token.endOffset as number) + 1;
}

export function retype(token: Token, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx as number;
}

/** A token of no width at `offset`, in place of a missing one that has been reported. */
export function insertedToken(type: TokenType, offset: number): Token {
  const token: Token = createTokenInstance(type, "", offset, offset - 1, NaN, NaN, NaN, NaN);
  token.inserted = true;
  return token;
}
