import type { TokenType } from "chevrotain";
import * as t from "../../../grammar/tokens.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import * as report from "../bracket-diagnostics.ts";
import type { Surroundings } from "../keywords.ts";
import { MAX_BRACKET_DEPTH } from "../limits.ts";
import { insertedToken, retype, tokenEnd, tokenSpan, type Token } from "../token.ts";
import { endOfPrevious, placeAt, previousToken, push, type OpenBracket, type Structuring } from "./structuring.ts";

const closerText: ReadonlyMap<TokenType, string> = new Map([
  [t.RightParen, ")"],
  [t.RightBracket, "]"],
  [t.RightBrace, "}"],
]);
const closerOf: ReadonlyMap<TokenType, TokenType> = new Map([
  [t.LeftParen, t.RightParen],
  [t.LeftBracket, t.RightBracket],
  [t.LeftBrace, t.RightBrace],
]);

/** Whether a token opens or closes a bracket of any kind. */
export function isBracket({ tokenType }: Token): boolean {
  return closerOf.has(tokenType) || closerText.has(tokenType);
}

/** Takes the opening bracket at `index`; beyond the limit of depth, what it encloses is left out. */
export function openBracket(index: number, state: Structuring): void {
  const token = state.input[index] as Token;
  const close = closerOf.get(token.tokenType) as TokenType;
  if (state.open.length >= MAX_BRACKET_DEPTH) {
    if (!state.isTooDeepReported) state.diagnostics.push(report.nestingTooDeep(tokenSpan(state.file, token)));
    state.isTooDeepReported = true;
    state.goesOnAt = (state.pairs[index] as number) + 1;
    push(state, token);
    push(state, insertedToken(close, tokenEnd(token)));
    return;
  }
  const before = previousToken(state);
  const inside = insideOf(token, before);
  const isShape = before?.tokenType === t.Input || before?.tokenType === t.Arrow;
  if (state.open.length === state.repeatDepth && token.tokenType === t.LeftBrace) state.repeatDepth = undefined;
  push(state, token);
  const next = state.input[index + 1];
  const isFlat = next?.lineStart === true && (next.indent ?? 0) <= state.indent;
  state.open.push({ token, close, inside, indent: state.indent, isShape, isFlat });
}

/** Opens a bracket where none is written, which has been reported. */
export function openInserted(type: TokenType, inside: Surroundings, state: Structuring): Token {
  const bracket = insertedToken(type, endOfPrevious(state));
  push(state, bracket);
  state.open.push({ token: bracket, close: closerOf.get(type) as TokenType, inside, indent: state.indent });
  return bracket;
}

/** Takes a closing bracket: what it can't close is closed before it, taken for another one, or left out. */
export function closeBracket(token: Token, state: Structuring): void {
  const { file, open, diagnostics } = state;
  const innermost = open.at(-1);
  if (innermost?.close === token.tokenType) {
    open.pop();
    push(state, token);
    return;
  }
  const floor = token.tokenType === t.RightBrace ? 0 : enclosingBody(state);
  let depth = open.length;
  while (depth > floor && open[depth - 1]?.close !== token.tokenType) depth--;
  const span = tokenSpan(file, token);
  if (depth > floor) {
    closeMissing(depth, state);
    open.pop();
    push(state, token);
  } else if (innermost?.inside === "values" && token.tokenType !== t.RightBrace) {
    const expected = closerText.get(innermost.close) as string;
    const opened = tokenSpan(file, innermost.token);
    diagnostics.push(report.mismatchedBracket(span, { span, found: token.image, expected, open: opened }));
    retype(token, innermost.close);
    open.pop();
    push(state, token);
  } else {
    diagnostics.push(report.unmatchedBracket(span, { span, found: token.image }));
  }
}

/** Closes all brackets from the `depth`-th on, none of which has a closer. */
export function closeMissing(depth: number, state: Structuring, isTaken = false): void {
  const { file, open } = state;
  if (open.length <= depth) return;
  const offset = endOfPrevious(state);
  // A string without its end has taken the brackets behind it along.
  const before = previousToken(state);
  const isSwallowed = before?.broken === true && before.tokenType === t.StringLiteral;
  const missing: { open: string; close: string; span: Span; inserted: string }[] = [];
  while (open.length > depth) {
    const bracket = open.pop() as OpenBracket;
    if (!bracket.token.inserted) {
      const close = closerText.get(bracket.close) as string;
      const inserted = close === "}" ? spaceBefore(bracket, state) + close : close;
      missing.push({ open: bracket.token.image, close, span: tokenSpan(file, bracket.token), inserted });
    }
    push(state, insertedToken(bracket.close, offset));
  }
  const division = state.divisions.has(offset);
  state.hints.delete(offset);
  if (missing.length > 0 && !isSwallowed && !isTaken) {
    const at = placeAt(state, offset);
    state.diagnostics.push(report.missingBracket(at, { at, missing, division }));
  }
}

/** What stands between a body and its closing brace: a line end with the indent of the opening one, if that has a line of its own. */
function spaceBefore({ token, indent }: OpenBracket, { tokens }: Structuring): string {
  for (let at = tokens.length - 1; at >= 0 && tokens[at] !== token; at--) {
    if (tokens[at]?.lineStart === true) return `\n${" ".repeat(indent)}`;
  }
  return " ";
}

/** Closes the inserted bracket that ends before the token at `index`, if there is one. */
export function closeInserted(index: number, state: Structuring): void {
  const bracket = state.closeBefore.get(index);
  const innermost = state.open.at(-1);
  if (bracket === undefined || innermost?.token !== bracket) return;
  state.open.pop();
  push(state, insertedToken(innermost.close, endOfPrevious(state)));
}

/** How many brackets stay open if all parentheses and square brackets of the innermost body or file end here. */
export function enclosingBody({ open }: Structuring): number {
  let depth = open.length;
  while (depth > 0 && open[depth - 1]?.inside === "values") depth--;
  return depth;
}

function insideOf(bracket: Token, previous: Token | undefined): Surroundings {
  if (bracket.tokenType !== t.LeftBrace) return "values";
  return previous?.tokenType === t.Import ? "names" : "body";
}
