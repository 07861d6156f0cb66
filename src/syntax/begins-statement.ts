import * as t from "../../grammar/tokens.ts";
import type { BracketPairs } from "./bracket-pairs.ts";
import { beginsDeclaration, beginsValue, endsValue } from "./keywords.ts";
import type { Token } from "./token.ts";

/**
 * Whether the first token of a line, at `index`, begins a statement although parentheses or square brackets are open: then
 * their closers are missing. A label never stands in an expression, a layer's name never after a complete value; names of
 * values are not capitalized, and a layer that is an argument is followed by a comma or a closer.
 */
export function beginsStatement(
  input: readonly Token[],
  index: number,
  previous: Token | undefined,
  isInBody: boolean,
  pairs: BracketPairs,
): boolean {
  const token = input[index] as Token;
  const [next, afterNext, third] = input.slice(index + 1, index + 4);
  if (beginsDeclaration(token, next, afterNext)) return true;
  if (!isInBody) return false;
  const isWord = token.tokenType === t.Identifier;
  if (!isWord && token.tokenType !== t.StringLiteral) return false;
  if (next?.tokenType === t.Colon) {
    const isLayer =
      afterNext?.tokenType === t.Identifier && /^[A-Z]/.test(afterNext.image) && third?.tokenType === t.LeftParen;
    return isLayer || endsValue(previous);
  }
  if (!isWord || next?.tokenType === t.Equals) return false;
  if (t.statementKeywords.has(token.image) && (beginsValue(next) || next?.tokenType === t.LeftBracket)) return true;
  if (token.image === "compile" && next?.tokenType === t.LeftParen) return true;
  if (next?.tokenType === t.LeftParen && /^[A-Z]/.test(token.image)) {
    return endsValue(previous) || !endsItem(input[(pairs[index + 1] ?? input.length) + 1]);
  }
  const goesOn = next === undefined || endsItem(next);
  return endsValue(previous) && !goesOn;
}

/** Whether what stands before is an argument or an item of a list, complete. */
function endsItem(token: Token | undefined): boolean {
  return token !== undefined && [t.Comma, t.RightParen, t.RightBracket].includes(token.tokenType);
}
