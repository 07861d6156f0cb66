import * as t from "../../../grammar/tokens.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import * as report from "../bracket-diagnostics.ts";
import { beginsValue, endsValue } from "../keywords.ts";
import { isLabelEquals } from "../statement-heads.ts";
import { insertedToken, retype, tokenEnd, tokenSpan, type Token } from "../token.ts";
import {
  endOfPrevious,
  isAmongItems,
  placeAt,
  previousToken,
  push,
  surroundings,
  type Structuring,
} from "./structuring.ts";

/** Inserts the comma that is missing before a value, if one is. */
export function insertMissingComma(token: Token, state: Structuring): void {
  // A name before `[` is no more a value of its own than before `(`; the parser tells it.
  if (!isAmongItems(state) || !beginsValue(token) || !endsValue(previousToken(state))) return;
  const offset = endOfPrevious(state);
  const at = placeAt(state, offset);
  if (!token.afterGap) state.diagnostics.push(report.missingComma(at, { at }));
  push(state, insertedToken(t.Comma, offset));
}

/** `a; b`: a comma between items, nothing between statements. */
export function takeSemicolon(token: Token, next: Token | undefined, state: Structuring): void {
  const span = tokenSpan(state.file, token);
  const inItems = isAmongItems(state);
  state.diagnostics.push(report.semicolon(span, { span, inItems }));
  if (inItems) {
    retype(token, t.Comma);
    push(state, token);
  } else if (next) {
    next.afterGap = true;
  }
}

/** A comma between statements is left out. */
export function takeComma(token: Token, next: Token | undefined, state: Structuring): void {
  const previous = previousToken(state);
  if (isAmongItems(state) || !(endsValue(previous) || previous?.tokenType === t.RightBrace)) {
    push(state, token);
    return;
  }
  const span = tokenSpan(state.file, token);
  const { declaring } = state;
  const isName = next?.tokenType === t.Identifier && !t.declarationKeywords.has(next.image);
  if (surroundings(state) === "file" && isName && (declaring === t.Let || declaring === t.Dim)) {
    state.diagnostics.push(report.strayComma(span, { span, keyword: declaring === t.Let ? "let" : "dim" }));
    retype(token, declaring);
    push(state, token);
    return;
  }
  // Of a clause without brackets the parser tells that they are missing.
  const clause = state.tokens.at(-2)?.tokenType;
  if (clause !== t.Input && clause !== t.Labels) state.diagnostics.push(report.strayComma(span, { span }));
  if (next) next.afterGap = true;
}

/** Whether the innermost bracket is a parenthesis. */
function isAmongArguments({ open }: Structuring): boolean {
  const bracket = open.at(-1);
  return bracket?.inside === "values" && bracket.token.tokenType === t.LeftParen;
}

/** A token with the one character before it and behind it, which can only be white space, where there is one. */
function withSpaces(before: Token, token: Token, next: Token | undefined, { file }: Structuring): Span {
  const span = tokenSpan(file, token);
  const isSpaced = span.start - tokenEnd(before) === 1;
  const isFollowed = next !== undefined && next.startOffset - span.end === 1;
  return { file, start: span.start - (isSpaced ? 1 : 0), end: span.end + (isFollowed ? 1 : 0) };
}

/** `units: 64` among arguments is `units=64`. */
export function takeColon(token: Token, next: Token | undefined, state: Structuring): void {
  const previous = previousToken(state);
  if (isAmongArguments(state) && previous?.tokenType === t.Identifier) {
    const span = tokenSpan(state.file, token);
    state.diagnostics.push(
      report.argumentColon(span, { around: withSpaces(previous, token, next, state), name: previous.image }),
    );
    retype(token, t.Equals);
  }
  push(state, token);
}

/** `hidden = Dense(3)` as a statement is `hidden: Dense(3)`. */
export function takeEquals(token: Token, next: Token | undefined, state: Structuring): void {
  if (isLabelEquals(state.tokens, surroundings(state), next)) {
    const span = tokenSpan(state.file, token);
    const name = previousToken(state) as Token;
    state.diagnostics.push(
      report.labelEquals(span, { around: withSpaces(name, token, next, state), name: name.image }),
    );
    retype(token, t.Colon);
  }
  push(state, token);
}
