import { LeftBrace, LeftBracket, LeftParen, RightBrace, RightBracket, RightParen } from "../../grammar/tokens.ts";
import type { Token } from "./token.ts";

/** For the index of every opening bracket that of the one that closes it, of whichever kind; the number of tokens for none. */
export type BracketPairs = Int32Array;

/** Pairs the brackets of a file in one pass: looking for the end of each by itself would take quadratic time. */
export function bracketPairs(tokens: readonly Token[]): BracketPairs {
  const pairs = new Int32Array(tokens.length).fill(tokens.length);
  const open: number[] = [];
  tokens.forEach((token, index) => {
    if (opensBracket(token)) open.push(index);
    if (!closesBracket(token)) return;
    const opener = open.pop();
    if (opener !== undefined) pairs[opener] = index;
  });
  return pairs;
}

/** Whether a token is an opening bracket of any kind. */
export function opensBracket({ tokenType }: Token): boolean {
  return tokenType === LeftParen || tokenType === LeftBracket || tokenType === LeftBrace;
}

/** Whether a token is a closing bracket of any kind. */
export function closesBracket({ tokenType }: Token): boolean {
  return tokenType === RightParen || tokenType === RightBracket || tokenType === RightBrace;
}
