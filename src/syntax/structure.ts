import type { IToken, TokenType } from "chevrotain";
import * as t from "../../grammar/tokens.ts";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import * as report from "./bracket-diagnostics.ts";
import { integerDivisionComment, type IntegerDivisions } from "./integer-division.ts";
import { beginsDeclaration, beginsValue, endsValue, keywordAt, type Surroundings } from "./keywords.ts";
import { MAX_BRACKET_DEPTH } from "./limits.ts";
import { insertedToken, retype, tokenEnd, tokenSpan, type Token } from "./token.ts";

interface OpenBracket {
  readonly token: Token;
  readonly close: TokenType;
  readonly inside: Surroundings;
  /** Columns before the first token of its line. */
  readonly indent: number;
}

const closerText = new Map<TokenType, string>([
  [t.RightParen, ")"],
  [t.RightBracket, "]"],
  [t.RightBrace, "}"],
]);
const closerOf = new Map<TokenType, TokenType>([
  [t.LeftParen, t.RightParen],
  [t.LeftBracket, t.RightBracket],
  [t.LeftBrace, t.RightBrace],
]);
const pythonConstants = new Map<string, string>([
  ["None", "none"],
  ["True", "true"],
  ["False", "false"],
]);

/**
 * Balances the brackets, tells keywords from names, and mends separators, so that the parser meets nothing but
 * well-nested tokens. What it inserts or leaves out it has reported.
 */
export function structure(
  file: string,
  input: readonly Token[],
  divisions: IntegerDivisions,
): { tokens: Token[]; diagnostics: Diagnostic[] } {
  const tokens: Token[] = [];
  const diagnostics: Diagnostic[] = [];
  const open: OpenBracket[] = [];
  const isBraceMissing = count(input, t.LeftBrace) > count(input, t.RightBrace);
  let indent = 0;
  let isTooDeepReported = false;
  let declaring: TokenType | undefined;
  const hints = new Map<number, IToken>();

  const at = (offset: number): Span => ({ file, start: offset, end: offset });
  const previous = () => tokens.at(-1);
  const endOfPrevious = () => {
    const last = previous();
    return last ? tokenEnd(last) : 0;
  };
  const surroundings = () => open.at(-1)?.inside ?? "file";
  const isAmongItems = () => surroundings() === "values" || surroundings() === "names";
  const push = (token: Token) => {
    token.depth = open.length;
    tokens.push(token);
  };

  /** Closes all brackets from the `depth`-th on, none of which has a closer. */
  const closeMissing = (depth: number) => {
    if (open.length <= depth) return;
    const offset = endOfPrevious();
    // A string without its end has taken the brackets behind it along.
    const isSwallowed = previous()?.broken === true && previous()?.tokenType === t.StringLiteral;
    const missing: { open: string; close: string; span: Span }[] = [];
    while (open.length > depth) {
      const bracket = open.pop() as OpenBracket;
      if (!bracket.token.inserted) {
        const close = closerText.get(bracket.close) as string;
        missing.push({ open: bracket.token.image, close, span: tokenSpan(file, bracket.token) });
      }
      push(insertedToken(bracket.close, offset));
    }
    const division = divisions.has(offset);
    hints.delete(offset);
    if (missing.length > 0 && !isSwallowed)
      diagnostics.push(report.missingBracket(at(offset), { at: at(offset), missing, division }));
  };

  /** How many brackets stay open if all parentheses and square brackets of the innermost body or file end here. */
  const enclosingBody = () => {
    let depth = open.length;
    while (depth > 0 && open[depth - 1]?.inside === "values") depth--;
    return depth;
  };

  const close = (token: Token) => {
    const innermost = open.at(-1);
    if (innermost?.close === token.tokenType) {
      open.pop();
      push(token);
      return;
    }
    const floor = token.tokenType === t.RightBrace ? 0 : enclosingBody();
    let depth = open.length;
    while (depth > floor && open[depth - 1]?.close !== token.tokenType) depth--;
    const span = tokenSpan(file, token);
    if (depth > floor) {
      closeMissing(depth);
      open.pop();
      push(token);
    } else if (innermost?.inside === "values" && token.tokenType !== t.RightBrace) {
      const expected = closerText.get(innermost.close) as string;
      const opened = tokenSpan(file, innermost.token);
      diagnostics.push(report.mismatchedBracket(span, { span, found: token.image, expected, open: opened }));
      retype(token, innermost.close);
      open.pop();
      push(token);
    } else {
      diagnostics.push(report.unmatchedBracket(span, { span, found: token.image }));
    }
  };

  for (let index = 0; index < input.length; index++) {
    const token = input[index] as Token;
    const next = input[index + 1];
    const afterNext = input[index + 2];
    const span = tokenSpan(file, token);
    if (token.indent !== undefined) indent = token.indent;
    hintAtDivision();

    if (closerOf.has(token.tokenType) || closerText.has(token.tokenType)) {
      if (token.tokenType === t.LeftBrace) closeMissing(enclosingBody());
    } else if (token.lineStart) {
      if (
        surroundings() === "values" &&
        beginsStatement(token, next, afterNext, input[index + 3], previous(), enclosingBody())
      ) {
        closeMissing(enclosingBody());
      }
      const outer = open.findIndex((bracket) => bracket.indent >= indent && bracket.inside === "body");
      if (isBraceMissing && outer >= 0 && beginsDeclaration(token, next, afterNext)) closeMissing(outer);
    }

    openMissingBody(token);
    mendParenthesizedBody(index);
    // As in `model Name:`.
    if (token.tokenType === t.Colon && previous()?.tokenType === t.LeftBrace && previous()?.inserted) continue;

    if (token.tokenType === t.Identifier) word(token, next, afterNext);

    if (isAmongItems() && beginsValue(token) && endsValue(previous())) {
      // A name before `[` is no more a value of its own than before `(`; the parser tells it.
      const offset = endOfPrevious();
      if (!token.afterGap) diagnostics.push(report.missingComma(at(offset), { at: at(offset) }));
      push(insertedToken(t.Comma, offset));
    }

    switch (token.tokenType) {
      case t.LeftParen:
      case t.LeftBracket:
      case t.LeftBrace:
        if (open.length >= MAX_BRACKET_DEPTH) {
          if (!isTooDeepReported) diagnostics.push(report.nestingTooDeep(span));
          isTooDeepReported = true;
          index = endOfBracket(input, index);
          push(token);
          push(insertedToken(closerOf.get(token.tokenType) as TokenType, tokenEnd(token)));
        } else {
          const inside = insideOf(token, previous());
          push(token);
          open.push({ token, close: closerOf.get(token.tokenType) as TokenType, inside, indent });
        }
        break;
      case t.RightParen:
      case t.RightBracket:
      case t.RightBrace:
        close(token);
        break;
      case t.Semicolon:
        diagnostics.push(report.semicolon(span, { span, inItems: isAmongItems() }));
        if (isAmongItems()) {
          retype(token, t.Comma);
          push(token);
        } else if (next) {
          next.afterGap = true;
        }
        break;
      case t.Comma:
        if (!isAmongItems() && (endsValue(previous()) || previous()?.tokenType === t.RightBrace)) {
          diagnostics.push(report.strayComma(span, { span }));
          if (next) next.afterGap = true;
        } else push(token);
        break;
      case t.Colon:
        if (surroundings() === "values" && previous()?.tokenType === t.Identifier) {
          diagnostics.push(report.argumentColon(span, { span, name: previous()?.image ?? "" }));
          retype(token, t.Equals);
        }
        push(token);
        break;
      case t.Equals:
        if (isLabelEquals(tokens, surroundings(), next)) {
          diagnostics.push(report.labelEquals(span, { span, name: previous()?.image ?? "" }));
          retype(token, t.Colon);
        }
        push(token);
        break;
      default:
        push(token);
    }
  }
  hintAtDivision();
  closeMissing(0);
  for (const [, comment] of hints) {
    const span = { file, start: comment.startOffset, end: comment.startOffset + comment.image.length };
    diagnostics.push(integerDivisionComment(span));
  }
  return { tokens, diagnostics };

  /** Within a value, a comment that looks like a division probably is meant as one. */
  function hintAtDivision(): void {
    const comment = divisions.get(endOfPrevious());
    const isInValue = surroundings() === "values" || (open.length === 0 && declaring === t.Let);
    if (comment && isInValue && !previous()?.inserted) hints.set(endOfPrevious(), comment);
  }

  function openMissingBody(token: Token): void {
    if (open.length > 0 || token.tokenType === t.LeftBrace) return;
    const name = bodyOwner(tokens);
    if (!name || ![t.Identifier, t.StringLiteral, t.Colon].includes(token.tokenType)) return;
    const offset = endOfPrevious();
    if (token.lineStart && t.declarationKeywords.has(token.image)) return;
    const keyword = name.keyword;
    diagnostics.push(report.missingBodyBrace(at(offset), { at: at(offset), keyword, name: name.text }));
    const brace = insertedToken(t.LeftBrace, offset);
    push(brace);
    open.push({ token: brace, close: t.RightBrace, inside: "body", indent });
  }

  /** `model M ( ... )`: the parentheses are taken for braces. */
  function mendParenthesizedBody(index: number): void {
    const token = input[index] as Token;
    if (token.tokenType !== t.LeftParen || open.length > 0) return;
    const name = bodyOwner(tokens);
    const end = endOfBracket(input, index);
    const closer = input[end];
    if (name === undefined || closer?.tokenType !== t.RightParen || input[end + 1]?.tokenType === t.LeftBrace) return;
    const span = tokenSpan(file, token);
    const instead = { open: span, close: tokenSpan(file, closer) };
    diagnostics.push(report.missingBodyBrace(span, { at: span, keyword: name.keyword, name: name.text, instead }));
    retype(token, t.LeftBrace);
    retype(closer, t.RightBrace);
  }

  function word(token: Token, next: Token | undefined, afterNext: Token | undefined): void {
    const where = surroundings();
    const constant = pythonConstants.get(token.image);
    const isValue = where === "values" || (where === "file" && previous() !== undefined && !endsValue(previous()));
    const isName = next?.tokenType === t.Equals || next?.tokenType === t.Colon || isDeclared(previous());
    if (constant !== undefined && isValue && !isName) {
      const span = tokenSpan(file, token);
      diagnostics.push(report.pythonConstant(span, { span, found: token.image, expected: constant }));
      retype(token, t.valueKeywords.get(constant) as TokenType);
      return;
    }
    const keyword = keywordAt(token, previous(), next, afterNext, where);
    if (keyword) retype(token, keyword);
    if (keyword && t.declarationKeywords.has(token.image)) declaring = keyword;
  }
}

function count(tokens: readonly Token[], type: TokenType): number {
  let sum = 0;
  for (const token of tokens) if (token.tokenType === type) sum++;
  return sum;
}

function isDeclared(previous: Token | undefined): boolean {
  return previous !== undefined && [t.Let, t.Dim, t.Block, t.Model].includes(previous.tokenType);
}

function insideOf(bracket: Token, previous: Token | undefined): Surroundings {
  if (bracket.tokenType !== t.LeftBrace) return "values";
  return previous?.tokenType === t.Import ? "names" : "body";
}

/** The index of the token that closes the bracket at `index`, or the last one before a body ends. */
function endOfBracket(tokens: readonly Token[], index: number): number {
  let depth = 0;
  for (let at = index; at < tokens.length; at++) {
    const type = (tokens[at] as Token).tokenType;
    if (closerOf.has(type)) depth++;
    if (closerText.has(type)) depth--;
    if (depth === 0) return at;
  }
  return tokens.length;
}

/** The model or block whose head the tokens end with. */
function bodyOwner(tokens: readonly Token[]): { keyword: string; text: string } | undefined {
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
function isLabelEquals(tokens: readonly Token[], surroundings: Surroundings, next: Token | undefined): boolean {
  const name = tokens.at(-1);
  const before = tokens.at(-2);
  if (surroundings !== "body" || next?.tokenType !== t.Identifier) return false;
  if (name?.tokenType !== t.Identifier && name?.tokenType !== t.StringLiteral) return false;
  return before !== undefined && (endsValue(before) || [t.LeftBrace, t.RightBrace].includes(before.tokenType));
}

/**
 * Whether the first token of a line begins a statement although parentheses or square brackets are open: then their
 * closers are missing. A label never stands in an expression, a layer's name never after a complete value, and names
 * of values are not capitalized.
 */
function beginsStatement(
  token: Token,
  next: Token | undefined,
  afterNext: Token | undefined,
  third: Token | undefined,
  previous: Token | undefined,
  bodyDepth: number,
): boolean {
  if (beginsDeclaration(token, next, afterNext)) return true;
  if (bodyDepth === 0) return false;
  const isWord = token.tokenType === t.Identifier;
  if (!isWord && token.tokenType !== t.StringLiteral) return false;
  if (next?.tokenType === t.Colon) {
    const isLayer =
      afterNext?.tokenType === t.Identifier && /^[A-Z]/.test(afterNext.image) && third?.tokenType === t.LeftParen;
    return isLayer || endsValue(previous);
  }
  if (!isWord || next?.tokenType === t.Equals) return false;
  if (t.statementKeywords.has(token.image) && (beginsValue(next) || next?.tokenType === t.LeftBracket)) return true;
  if (next?.tokenType === t.LeftParen && /^[A-Z]/.test(token.image)) return true;
  const goesOn = next === undefined || [t.Comma, t.RightParen, t.RightBracket].includes(next.tokenType);
  return endsValue(previous) && !goesOn;
}
