import * as t from "../../../grammar/tokens.ts";
import { argumentsWithoutParentheses, endOfBareArguments, isBareArgument } from "../bare-arguments.ts";
import * as report from "../bracket-diagnostics.ts";
import { endsValue } from "../keywords.ts";
import { bodyOwner } from "../statement-heads.ts";
import { retype, tokenEnd, tokenSpan, type Token } from "../token.ts";
import { openInserted } from "./brackets.ts";
import { endOfPrevious, placeAt, previousToken, surroundings, type Structuring } from "./structuring.ts";

/** Inserts or mends the opening bracket that is missing before the token at `index`, if one is. */
export function openMissing(index: number, state: Structuring): void {
  openMissingBody(index, state);
  openMissingRepeat(index, state);
  openMissingArguments(index, state);
  mendParenthesizedBody(index, state);
}

/** `model M input [3]`: the brace is inserted. */
function openMissingBody(index: number, state: Structuring): void {
  const token = state.input[index] as Token;
  if (state.open.length > 0 || token.tokenType === t.LeftBrace) return;
  const name = bodyOwner(state.tokens);
  if (!name || ![t.Identifier, t.StringLiteral, t.Colon].includes(token.tokenType)) return;
  if (token.lineStart && t.declarationKeywords.has(token.image)) return;
  const at = placeAt(state, endOfPrevious(state));
  state.diagnostics.push(report.missingBodyBrace(at, { at, keyword: name.keyword, name: name.text }));
  openInserted(t.LeftBrace, "body", state);
}

/** `model M ( ... )`: the parentheses are taken for braces. */
function mendParenthesizedBody(index: number, state: Structuring): void {
  const { file, input } = state;
  const token = input[index] as Token;
  if (token.tokenType !== t.LeftParen || state.open.length > 0) return;
  const name = bodyOwner(state.tokens);
  const end = state.pairs[index] as number;
  const closer = input[end];
  if (name === undefined || closer?.tokenType !== t.RightParen || input[end + 1]?.tokenType === t.LeftBrace) return;
  const span = tokenSpan(file, token);
  const instead = { open: span, close: tokenSpan(file, closer) };
  state.diagnostics.push(report.missingBodyBrace(span, { at: span, keyword: name.keyword, name: name.text, instead }));
  retype(token, t.LeftBrace);
  retype(closer, t.RightBrace);
}

/** `repeat 3 Dense(8)`: the one statement on the line is taken for the body. */
function openMissingRepeat(index: number, state: Structuring): void {
  const { input, open, repeatDepth } = state;
  const token = input[index] as Token;
  if (repeatDepth === undefined || repeatDepth !== open.length || surroundings(state) !== "body") {
    if (repeatDepth !== undefined && open.length < repeatDepth) state.repeatDepth = undefined;
    return;
  }
  if (token.tokenType !== t.Identifier || !endsValue(previousToken(state))) return;
  state.repeatDepth = undefined;
  if (t.statementKeywords.has(token.image)) return;
  const at = placeAt(state, endOfPrevious(state));
  const end = endOfLayer(index, state);
  const last = input[end - 1] as Token;
  const isOpenOnly = state.extraBraces < 0;
  const body = isOpenOnly || token.lineStart === true ? undefined : placeAt(state, tokenEnd(last));
  state.diagnostics.push(report.missingBodyBrace(at, { at, keyword: "repeat", end: body, isOpenOnly }));
  const brace = openInserted(t.LeftBrace, "body", state);
  if (!isOpenOnly) state.closeBefore.set(end, brace);
}

/** The index behind the layer that begins at `index`, with its label and its assertion. */
function endOfLayer(index: number, { input, pairs }: Structuring): number {
  let end = input[index + 1]?.tokenType === t.Colon ? index + 2 : index;
  if (input[end + 1]?.tokenType === t.LeftParen) end = pairs[end + 1] as number;
  if (input[end + 1]?.tokenType === t.Arrow) end = pairs[end + 2] ?? input.length;
  return Math.min(end + 1, input.length);
}

/** `Dense 8`: the parentheses are inserted. */
function openMissingArguments(index: number, state: Structuring): void {
  const { file, input, tokens } = state;
  const token = input[index] as Token;
  const isBehindRepeat = state.repeatDepth === state.open.length;
  if (surroundings(state) !== "body" || isBehindRepeat || !isBareArgument(token, tokens)) return;
  const end = endOfBareArguments(input, index, state.pairs);
  const gap = { file, start: endOfPrevious(state), end: token.startOffset };
  const behind = placeAt(state, tokenEnd(input[end - 1] as Token));
  const name = previousToken(state)?.image ?? "";
  state.diagnostics.push(argumentsWithoutParentheses(tokenSpan(file, token), { name, gap, end: behind }));
  const bracket = openInserted(t.LeftParen, "values", state);
  state.closeBefore.set(end, bracket);
}
