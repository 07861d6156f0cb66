import type { TokenType } from "chevrotain";
import * as t from "../../../grammar/tokens.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { beginsStatement } from "../begins-statement.ts";
import { mendShape } from "../foreign-shapes.ts";
import { integerDivisionComment, type IntegerDivisions } from "../integer-division.ts";
import { beginsDeclaration, endsValue } from "../keywords.ts";
import type { Token } from "../token.ts";
import { closeBracket, closeInserted, closeMissing, enclosingBody, isBracket, openBracket } from "./brackets.ts";
import { openMissing } from "./missing-brackets.ts";
import { insertMissingComma, takeColon, takeComma, takeEquals, takeSemicolon } from "./separators.ts";
import { endOfPrevious, previousToken, push, startStructuring, surroundings, type Structuring } from "./structuring.ts";
import { readWord } from "./words.ts";

/**
 * Balances the brackets, tells keywords from names, and mends separators, so that the parser meets nothing but
 * well-nested tokens. What it inserts or leaves out it has reported.
 */
export function structure(
  file: string,
  input: readonly Token[],
  divisions: IntegerDivisions,
  endsInComment: boolean,
  isCompileOwn?: boolean,
): { tokens: Token[]; diagnostics: Diagnostic[] } {
  const state = startStructuring(file, input, divisions, isCompileOwn);
  for (let index = 0; index < input.length; index++) if (index >= state.goesOnAt) take(index, state);
  noteDivision(state);
  // A comment without its end has taken the brackets behind it along.
  closeMissing(0, state, endsInComment);
  reportDivisions(state);
  return { tokens: state.tokens, diagnostics: state.diagnostics };
}

function take(index: number, state: Structuring): void {
  const { file, input, pairs } = state;
  const token = input[index] as Token;
  const next = input[index + 1];
  closeInserted(index, state);
  if (token.leftOut) return;
  if (token.indent !== undefined) state.indent = token.indent;
  noteDivision(state);
  closeUnfinished(index, state);
  openMissing(index, state);
  const previous = previousToken(state);
  // As in `model Name:`.
  if (token.tokenType === t.Colon && previous?.tokenType === t.LeftBrace && previous.inserted) return;

  if (token.tokenType === t.Identifier) readWord(index, state);
  if (token.leftOut) return;
  if ((token.tokenType === t.Input || token.tokenType === t.Arrow) && next?.tokenType === t.LeftParen) {
    const found = mendShape(file, token, input, index + 1, pairs);
    if (found) state.diagnostics.push(found);
  }
  insertMissingComma(token, state);

  switch (token.tokenType) {
    case t.LeftParen:
    case t.LeftBracket:
    case t.LeftBrace:
      return openBracket(index, state);
    case t.RightParen:
    case t.RightBracket:
    case t.RightBrace:
      return closeBracket(token, state);
    case t.Semicolon:
      return takeSemicolon(token, next, state);
    case t.Comma:
      return takeComma(token, next, state);
    case t.Colon:
      return takeColon(token, next, state);
    case t.Equals:
      return takeEquals(token, next, state);
    default:
      push(state, token);
  }
}

/** Closes the brackets that can't be meant to reach as far as the token at `index`. */
function closeUnfinished(index: number, state: Structuring): void {
  const { input, open, pairs } = state;
  const token = input[index] as Token;
  if (isBracket(token)) {
    if (token.tokenType === t.LeftBrace) closeMissing(enclosingBody(state), state);
    return;
  }
  if (!token.lineStart) {
    if (beginsLayerAmongValues(index, state)) closeMissing(enclosingBody(state), state);
    return;
  }
  const isInBody = enclosingBody(state) > 0;
  if (surroundings(state) === "values" && beginsStatement(input, index, previousToken(state), isInBody, pairs)) {
    closeMissing(enclosingBody(state), state);
  }
  if (state.extraBraces <= 0) return;
  closeRepeat(token, state);
  const outer = open.findIndex((bracket) => bracket.indent >= state.indent && bracket.inside === "body");
  if (outer >= 0 && beginsDeclaration(token, input[index + 1], input[index + 2])) closeMissing(outer, state);
}

/** Whether a layer begins at `index` where a bracket before it is left open: `Dense(16 Dense(3)`, `input [4 hidden: Dense(3)`. */
function beginsLayerAmongValues(index: number, state: Structuring): boolean {
  const { input, open, pairs } = state;
  const innermost = open.at(-1);
  if (innermost?.inside !== "values" || enclosingBody(state) === 0 || !endsValue(previousToken(state))) return false;
  if (innermost.token.tokenType !== t.LeftParen && innermost.isShape !== true) return false;
  const clause = clauseValues.get(input[index]?.image ?? "");
  if (clause !== undefined && input[index + 1]?.tokenType === clause) return true;
  const isLabel = input[index]?.tokenType === t.Identifier && input[index + 1]?.tokenType === t.Colon;
  const name = isLabel ? index + 2 : index;
  const isCall = input[name]?.tokenType === t.Identifier && input[name + 1]?.tokenType === t.LeftParen;
  return isCall && (pairs[name + 1] as number) < input.length && (isLabel || /^[A-Z]/.test(input[name]?.image ?? ""));
}

/** What stands behind the word of a clause. */
const clauseValues: ReadonlyMap<string, TokenType> = new Map([
  ["input", t.LeftBracket],
  ["labels", t.LeftBracket],
  ["weights", t.StringLiteral],
  ["compile", t.LeftParen],
]);

/** A repeat that is left open ends where a line is indented no deeper than that on which it begins. */
function closeRepeat(token: Token, state: Structuring): void {
  const { open } = state;
  const depth = enclosingBody(state);
  const body = open[depth - 1];
  if (depth < 2 || body === undefined || body.isFlat === true || body.token.inserted) return;
  const isBehind = previousToken(state) !== body.token && token.tokenType === t.Identifier;
  if (!isBehind || state.indent > body.indent) return;
  closeMissing(depth - 1, state);
  state.extraBraces--;
}

/** Within a value, a comment that looks like a division probably is meant as one. */
function noteDivision(state: Structuring): void {
  const end = endOfPrevious(state);
  const comment = state.divisions.get(end);
  if (comment === undefined) return;
  const isInValue = surroundings(state) === "values" || (state.open.length === 0 && state.declaring === t.Let);
  if (isInValue && !previousToken(state)?.inserted) state.hints.set(end, comment);
}

function reportDivisions({ file, hints, diagnostics }: Structuring): void {
  for (const { startOffset, image } of hints.values()) {
    diagnostics.push(integerDivisionComment({ file, start: startOffset, end: startOffset + image.length }));
  }
}
