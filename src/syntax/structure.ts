import type { IToken, TokenType } from "chevrotain";
import * as t from "../../grammar/tokens.ts";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import { argumentsWithoutParentheses, endOfBareArguments, isBareArgument } from "./bare-arguments.ts";
import { beginsStatement } from "./begins-statement.ts";
import * as report from "./bracket-diagnostics.ts";
import { bracketPairs } from "./bracket-pairs.ts";
import { declaresInputLayer, inputLayers, mendNone, mendShape } from "./foreign-shapes.ts";
import { integerDivisionComment, type IntegerDivisions } from "./integer-division.ts";
import { beginsDeclaration, beginsValue, endsValue, keywordAt, type Surroundings } from "./keywords.ts";
import { MAX_BRACKET_DEPTH } from "./limits.ts";
import { meantKeyword, misspeltKeyword } from "./misspelt-keywords.ts";
import { bodyOwner, isLabelEquals } from "./statement-heads.ts";
import { insertedToken, retype, tokenEnd, tokenSpan, type Token } from "./token.ts";

interface OpenBracket {
  readonly token: Token;
  readonly close: TokenType;
  readonly inside: Surroundings;
  /** Columns before the first token of its line. */
  readonly indent: number;
  /** Whether it encloses a shape. */
  readonly isShape?: boolean;
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
const declarationTypes: ReadonlySet<TokenType> = new Set(t.declarationKeywords.values());
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
  const extraBraces = count(input, t.LeftBrace) - count(input, t.RightBrace);
  const pairs = bracketPairs(input);
  /** Inserted brackets that end before the token of an index. */
  const closeBefore = new Map<number, Token>();
  /** How many brackets are open around a repeat whose body is still to come. */
  let repeatDepth: number | undefined;
  let isInputOwn: boolean | undefined;
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
    closeInserted(index);
    if (token.leftOut) continue;
    if (token.indent !== undefined) indent = token.indent;
    hintAtDivision();

    if (closerOf.has(token.tokenType) || closerText.has(token.tokenType)) {
      if (token.tokenType === t.LeftBrace) closeMissing(enclosingBody());
    } else if (token.lineStart) {
      if (surroundings() === "values" && beginsStatement(input, index, previous(), enclosingBody() > 0, pairs)) {
        closeMissing(enclosingBody());
      }
      const outer = open.findIndex((bracket) => bracket.indent >= indent && bracket.inside === "body");
      if (extraBraces > 0 && outer >= 0 && beginsDeclaration(token, next, afterNext)) closeMissing(outer);
    }

    openMissingBody(token);
    openMissingRepeat(index);
    openMissingArguments(index);
    mendParenthesizedBody(index);
    // As in `model Name:`.
    if (token.tokenType === t.Colon && previous()?.tokenType === t.LeftBrace && previous()?.inserted) continue;

    if (token.tokenType === t.Identifier) word(index);
    if (token.leftOut) continue;
    if ((token.tokenType === t.Input || token.tokenType === t.Arrow) && next?.tokenType === t.LeftParen) {
      const found = mendShape(file, token, input, index + 1, pairs);
      if (found) diagnostics.push(found);
    }

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
          index = pairs[index] as number;
          push(token);
          push(insertedToken(closerOf.get(token.tokenType) as TokenType, tokenEnd(token)));
        } else {
          const inside = insideOf(token, previous());
          const isShape = previous()?.tokenType === t.Input || previous()?.tokenType === t.Arrow;
          if (open.length === repeatDepth && token.tokenType === t.LeftBrace) repeatDepth = undefined;
          push(token);
          const close = closerOf.get(token.tokenType) as TokenType;
          open.push({ token, close, inside, indent, isShape });
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
    const end = pairs[index] as number;
    const closer = input[end];
    if (name === undefined || closer?.tokenType !== t.RightParen || input[end + 1]?.tokenType === t.LeftBrace) return;
    const span = tokenSpan(file, token);
    const instead = { open: span, close: tokenSpan(file, closer) };
    diagnostics.push(report.missingBodyBrace(span, { at: span, keyword: name.keyword, name: name.text, instead }));
    retype(token, t.LeftBrace);
    retype(closer, t.RightBrace);
  }

  /** `repeat 3 Dense(8)`: the one statement on the line is taken for the body. */
  function openMissingRepeat(index: number): void {
    const token = input[index] as Token;
    if (repeatDepth === undefined || repeatDepth !== open.length || surroundings() !== "body") {
      if (repeatDepth !== undefined && open.length < repeatDepth) repeatDepth = undefined;
      return;
    }
    if (token.tokenType !== t.Identifier || !endsValue(previous())) return;
    repeatDepth = undefined;
    if (t.statementKeywords.has(token.image)) return;
    const offset = endOfPrevious();
    const end = endOfLayer(index);
    const last = input[end - 1] as Token;
    const isOpenOnly = extraBraces < 0;
    const body = isOpenOnly || token.lineStart === true ? undefined : at(tokenEnd(last));
    diagnostics.push(report.missingBodyBrace(at(offset), { at: at(offset), keyword: "repeat", end: body, isOpenOnly }));
    const brace = insertedToken(t.LeftBrace, offset);
    push(brace);
    open.push({ token: brace, close: t.RightBrace, inside: "body", indent });
    if (!isOpenOnly) closeBefore.set(end, brace);
  }

  /** The index behind the layer that begins at `index`, with its label and its assertion. */
  function endOfLayer(index: number): number {
    let end = input[index + 1]?.tokenType === t.Colon ? index + 2 : index;
    if (input[end + 1]?.tokenType === t.LeftParen) end = pairs[end + 1] as number;
    if (input[end + 1]?.tokenType === t.Arrow) end = pairs[end + 2] ?? input.length;
    return Math.min(end + 1, input.length);
  }

  /** `Dense 8`: the parentheses are inserted. */
  function openMissingArguments(index: number): void {
    const token = input[index] as Token;
    if (surroundings() !== "body" || repeatDepth === open.length || !isBareArgument(token, tokens)) return;
    const offset = endOfPrevious();
    const end = endOfBareArguments(input, index, pairs);
    const gap = { file, start: offset, end: token.startOffset };
    const behind = at(tokenEnd(input[end - 1] as Token));
    const name = previous()?.image ?? "";
    diagnostics.push(argumentsWithoutParentheses(tokenSpan(file, token), { name, gap, end: behind }));
    const bracket = insertedToken(t.LeftParen, offset);
    push(bracket);
    open.push({ token: bracket, close: t.RightParen, inside: "values", indent });
    closeBefore.set(end, bracket);
  }

  /** The keyword that a misspelt word, or Keras' Input, stands for. */
  function mendedKeyword(index: number): TokenType | undefined {
    const token = input[index] as Token;
    const next = input[index + 1];
    const isInput = inputLayers.has(token.image) && next?.tokenType === t.LeftParen && surroundings() === "body";
    if (isInput && previous()?.tokenType !== t.Colon) {
      isInputOwn ??= declaresInputLayer(input);
      return isInputOwn ? undefined : t.Input;
    }
    const meant = meantKeyword(token, previous(), next, input[index + 2], surroundings());
    if (meant === undefined) return undefined;
    const span = tokenSpan(file, token);
    diagnostics.push(misspeltKeyword(span, { span, found: token.image, expected: meant.word }));
    return meant.type;
  }

  function closeInserted(index: number): void {
    const bracket = closeBefore.get(index);
    const innermost = open.at(-1);
    if (bracket === undefined || innermost?.token !== bracket) return;
    open.pop();
    push(insertedToken(innermost.close, endOfPrevious()));
  }

  function word(index: number): void {
    const token = input[index] as Token;
    const next = input[index + 1];
    const afterNext = input[index + 2];
    const where = surroundings();
    const constant = pythonConstants.get(token.image);
    const isValue = where === "values" || (where === "file" && previous() !== undefined && !endsValue(previous()));
    const isName = next?.tokenType === t.Equals || next?.tokenType === t.Colon || isDeclared(previous());
    if (constant !== undefined && isValue && !isName) {
      const span = tokenSpan(file, token);
      const around = open.at(-1);
      if (constant === "none" && around?.isShape === true) {
        // Keras' Input leaves the batch axis out, too.
        const isInputLayer = inputLayers.has(tokens.at(-2)?.image ?? "");
        diagnostics.push(mendNone(file, input, index, previous() === around.token && !isInputLayer));
        return;
      }
      diagnostics.push(report.pythonConstant(span, { span, found: token.image, expected: constant }));
      retype(token, t.valueKeywords.get(constant) as TokenType);
      return;
    }
    const keyword = keywordAt(token, previous(), next, afterNext, where) ?? mendedKeyword(index);
    if (keyword === undefined) return;
    retype(token, keyword);
    if (keyword === t.Repeat) repeatDepth = open.length;
    if (declarationTypes.has(keyword)) declaring = keyword;
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
