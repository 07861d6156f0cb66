import { LeftBrace, LeftBracket, LeftParen, RightBrace, RightBracket, RightParen } from "../../grammar/tokens.ts";
import type { Token } from "./token.ts";

/** For the index of every opening bracket that of the one that closes it, of whichever kind; the number of tokens for none. */
export type BracketPairs = Int32Array;

/** Pairs the brackets of a file in one pass: looking for the end of each by itself would take quadratic time. */
export function bracketPairs(tokens: readonly Token[]): BracketPairs {
  const pairs = new Int32Array(tokens.length).fill(tokens.length);
  const open: number[] = [];
  tokens.forEach(({ tokenType }, index) => {
    if (tokenType === LeftParen || tokenType === LeftBracket || tokenType === LeftBrace) open.push(index);
    if (tokenType !== RightParen && tokenType !== RightBracket && tokenType !== RightBrace) return;
    const opener = open.pop();
    if (opener !== undefined) pairs[opener] = index;
  });
  return pairs;
}
