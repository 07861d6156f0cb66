import {
  Arrow,
  ForeignOperator,
  ForeignWord,
  HashComment,
  Identifier,
  MalformedNumber,
  NumberLiteral,
  StringLiteral,
  Unknown,
  UnterminatedComment,
  UnterminatedString,
  WronglyQuotedString,
} from "../../grammar/tokens.ts";
import type { TokenType } from "chevrotain";
import type { Diagnostic, Fix, Span } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import { foreignOperator, foreignOperators } from "./foreign-operators.ts";
import { isVisible, unexpectedCharacter } from "./unexpected-character.ts";
import { endOfPythonImport, mendPath, pythonImport } from "./foreign-imports.ts";
import { decimalOf, malformedNumber } from "./malformed-number.ts";
import { isInParentheses, isKeywordAt, wrongQuotes } from "./wrong-quotes.ts";
import { retype, tokenEnd, tokenSpan, type Token } from "./token.ts";

export const invalidName = defineDiagnostic<{ name: string; fix?: Fix }>(
  "invalid-name",
  "error",
  "A name has letters other than a to z, A to Z, digits and '_'.",
  ({ name, fix }) => ({
    message: /^\d/.test(name)
      ? `Names begin with a letter or '_', found '${name}'`
      : `Names consist of the letters a to z and A to Z, digits and '_', found '${name}'`,
    ...(fix === undefined ? {} : { fix }),
  }),
  () => ({
    meaning:
      "Names become names in the generated code and keys of weight files, so they keep to the letters a to z and A to Z, digits and '_', and don't begin with a digit.",
    example: {
      kind: "source",
      source: "dim größe model M { input [größe, 4] Dense(3) }",
    },
  }),
);

export const unterminatedString = defineDiagnostic(
  "unterminated-string",
  "error",
  "A string has no closing quote on its line.",
  () => ({ message: "The string has no closing '\"' on its line", help: 'a line break in a string is written "\\n"' }),
  () => ({
    meaning: "A string ends on the line on which it begins. The closing quote is missing.",
    example: {
      kind: "source",
      source: 'model M { input [4] Dense(1)\n  labels ["cat]\n}',
      mended: 'model M { input [4] Dense(1)\n  labels ["cat"]\n}',
    },
  }),
);

export const unterminatedComment = defineDiagnostic<{ end?: Span | undefined }>(
  "unterminated-comment",
  "error",
  "A comment that '/*' begins has no '*/'.",
  ({ end }) => ({
    message: "The comment has no end, expected '*/'",
    label: "it begins here",
    ...(end === undefined ? {} : { fix: { title: "Insert '*/'", edits: [{ span: end, text: " */" }] } }),
  }),
  () => ({
    meaning: "'/*' begins a comment that ends with '*/'. Without the end the rest of the file is a comment.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(3) } /* the output",
    },
  }),
);

export const hashComment = defineDiagnostic<{
  span: Diagnostic["span"];
  /** What begins the comment, and the edits that mend it, where that is not '#'. */
  found?: string;
  edits?: Fix["edits"];
}>(
  "hash-comment",
  "error",
  "A comment is written with '#' as in Python, or with another sign.",
  ({ span, found = "#", edits }) => ({
    message: `Comments begin with '//', found '${found}'`,
    ...(span
      ? { fix: { title: "Use '//'", edits: edits ?? [{ span: { ...span, end: span.start + 1 }, text: "//" }] } }
      : {}),
  }),
  () => ({
    meaning: "A comment begins with '//' and not with Python's '#'.",
    example: { kind: "source", source: "model M { input [4] Dense(3) } # the output" },
  }),
);

/** Reports the tokens that are none of the language; what is plainly meant takes their place. */
export function mendTokens(
  file: string,
  all: readonly Token[],
): { tokens: Token[]; diagnostics: Diagnostic[]; endsInGap: boolean; endsInComment: boolean } {
  const tokens: Token[] = [];
  const diagnostics: Diagnostic[] = [];
  let gap = false;
  let endsInComment = false;
  let lineStart: number | undefined;
  let unknownEnd = -1;
  let isLineReported = false;
  let goesOnAt = 0;
  let path: { readonly start: number; readonly end: number } | undefined;

  const leaveOut = (token: Token) => {
    gap = true;
    lineStart ??= token.indent;
  };
  const keep = (token: Token, type: TokenType) => {
    if (token.tokenType !== type) retype(token, type);
    if (gap) {
      token.afterGap = true;
      if (lineStart !== undefined) {
        token.lineStart = true;
        token.indent ??= lineStart;
      }
    }
    gap = false;
    lineStart = undefined;
    tokens.push(token);
  };

  /** Reports the number at `index`, with the sign of an exponent that has no digits; gives the index behind it. */
  const takeMalformed = (index: number): number => {
    const token = all[index] as Token;
    const sign = all[index + 1];
    const isOpen = /[eE]$/.test(token.image) && (sign?.image === "-" || sign?.image === "+");
    const span = tokenSpan(file, token);
    const meant = decimalOf(token.image);
    const text = token.image + (isOpen ? sign.image : "");
    diagnostics.push(malformedNumber({ ...span, end: span.start + text.length }, { text, span, meant }));
    if (meant === undefined) token.broken = true;
    else token.image = meant;
    keep(token, NumberLiteral);
    return isOpen ? index + 2 : index + 1;
  };

  for (let index = 0; index < all.length; index++) {
    const token = all[index] as Token;
    if (index < goesOnAt) {
      leaveOut(token);
      continue;
    }
    // The first token of a path stands for all of it.
    if (path !== undefined && index > path.start && index < path.end) continue;
    const importEnd = endOfPythonImport(all, index);
    if (importEnd !== undefined) {
      const statement = { ...tokenSpan(file, token), end: tokenEnd(all[importEnd - 1] as Token) };
      const behind = all[importEnd]?.startOffset;
      const line = index === 0 && behind !== undefined ? { ...statement, end: behind } : statement;
      diagnostics.push(pythonImport(statement, { module: all[index + 1]?.image ?? "", line }));
      goesOnAt = importEnd;
      leaveOut(token);
      continue;
    }
    const mended = mendPath(file, all, index);
    if (mended !== undefined) {
      diagnostics.push(mended.diagnostic);
      path = { start: index + 1, end: mended.end };
    }
    const span = tokenSpan(file, token);
    if (token.lineStart) isLineReported = false;
    switch (token.tokenType) {
      case Unknown:
        // One report for all of a line, which have one cause; those that can't be seen are told as one habit.
        if (token.startOffset >= unknownEnd && (!isLineReported || !isVisible(token.image))) {
          let last = index;
          while (all[last + 1]?.tokenType === Unknown && all[last + 1]?.startOffset === tokenEnd(all[last] as Token)) {
            last++;
          }
          unknownEnd = tokenEnd(all[last] as Token);
          const text = all
            .slice(index, Math.min(last + 1, index + 9))
            .map((each) => each.image)
            .join("");
          const place = { ...span, end: unknownEnd };
          diagnostics.push(unexpectedCharacter(place, { text, span: place }));
        }
        if (isVisible(token.image)) isLineReported = true;
        leaveOut(token);
        break;
      case ForeignWord:
        diagnostics.push(invalidName(span, { name: token.image }));
        keep(token, Identifier);
        break;
      case MalformedNumber:
        goesOnAt = takeMalformed(index);
        break;
      case UnterminatedString:
        diagnostics.push(unterminatedString(span));
        token.broken = true;
        keep(token, StringLiteral);
        break;
      case WronglyQuotedString:
        diagnostics.push(wrongQuotes(span, { span, image: token.image, isKeyword: isKeywordAt(index, all) }));
        keep(token, StringLiteral);
        break;
      case UnterminatedComment:
        diagnostics.push(unterminatedComment({ ...span, end: span.start + 2 }, { end: endOfComment(file, token) }));
        endsInComment = /[\r\n]./.test(token.image);
        if (endsInComment) leaveOut(token);
        break;
      case HashComment:
        diagnostics.push(hashComment(span, { span }));
        break;
      case ForeignOperator: {
        const [expected, type] = foreignOperators[token.image] as readonly [string, TokenType];
        // No value has an arrow: the parser tells that.
        if (type === Arrow && isInParentheses(index, all)) {
          tokens.push(token);
          break;
        }
        diagnostics.push(foreignOperator(span, { span, found: token.image, expected }));
        keep(token, type);
        break;
      }
      default:
        keep(token, token.tokenType);
    }
  }
  return { tokens, diagnostics, endsInGap: gap, endsInComment };
}

/** Where a comment without its end is closed, if it is a line. */
function endOfComment(file: string, { image, startOffset }: Token): Span | undefined {
  const text = image.trimEnd();
  if (/[\r\n]/.test(text)) return undefined;
  const end = startOffset + text.length;
  return { file, start: end, end };
}
