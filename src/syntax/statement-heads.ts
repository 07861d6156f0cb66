import * as t from "../../grammar/tokens.ts";
import { endsValue, type Surroundings } from "./keywords.ts";
import type { Token } from "./token.ts";

/** The model or block whose head the tokens end with. */
export function bodyOwner(tokens: readonly Token[]): { keyword: "model" | "block"; text: string } | undefined {
  const last = tokens.at(-1);
  if (last?.tokenType === t.Identifier && tokens.at(-2)?.tokenType === t.Model)
    return { keyword: "model", text: last.image };
  if (last?.tokenType !== t.RightParen) return undefined;
  for (let at = tokens.length - 2; at >= 1; at--) {
    const token = tokens[at] as Token;
    if (token.depth !== 0) continue;
    const name = tokens[at - 1] as Token;
    const isHead = token.tokenType === t.LeftParen && tokens[at - 2]?.tokenType === t.Block;
    return isHead ? { keyword: "block", text: name.image } : undefined;
  }
  return undefined;
}

/** `hidden = Dense(3)` at the start of a statement. */
export function isLabelEquals(tokens: readonly Token[], surroundings: Surroundings, next: Token | undefined): boolean {
  const name = tokens.at(-1);
  const before = tokens.at(-2);
  if (surroundings !== "body" || next?.tokenType !== t.Identifier) return false;
  if (name?.tokenType !== t.Identifier && name?.tokenType !== t.StringLiteral) return false;
  return before !== undefined && (endsValue(before) || [t.LeftBrace, t.RightBrace].includes(before.tokenType));
}
