import {
  Arrow,
  Colon,
  Comma,
  Equals,
  ForeignOperator,
  ForeignWord,
  HashComment,
  Identifier,
  LeftBrace,
  LeftBracket,
  LeftParen,
  MalformedNumber,
  Minus,
  NumberLiteral,
  RightBrace,
  RightBracket,
  RightParen,
  Semicolon,
  Slash,
  Star,
  StarStar,
  StringLiteral,
  Unknown,
  UnterminatedComment,
  UnterminatedString,
  WronglyQuotedString,
} from "../../grammar/tokens.ts";
import type { TokenType } from "chevrotain";
import type { Diagnostic, Fix, Span } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import { endOfPythonImport, mendPath, pythonImport } from "./foreign-imports.ts";
import { isInParentheses, isKeywordAt, wrongQuotes } from "./wrong-quotes.ts";
import { retype, tokenEnd, tokenSpan, type Token } from "./token.ts";

export const unexpectedCharacter = defineDiagnostic<{ text: string; span?: Span }>(
  "unexpected-character",
  "error",
  "A character stands outside of strings and comments that has no meaning there.",
  ({ text, span }) => ({
    message: `Unexpected ${describeCharacters(text)}`,
    // What can't be seen is not meant.
    ...(span !== undefined && !isVisible(text) ? { fix: { title: "Delete it", edits: [{ span, text: "" }] } } : {}),
  }),
  () => ({
    meaning:
      "The character has no meaning in this language outside of strings and comments. It may be invisible and come from copying text out of a page; the message names it.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(@) Dense(3) }",
      mended: "model M { input [4] Dense(3) }",
    },
  }),
);

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
      source: "dim größe model M { input [4] Dense(3) }",
    },
  }),
);

export const malformedNumber = defineDiagnostic<{ text: string }>(
  "malformed-number",
  "error",
  "A number is not decimal, or runs on into letters.",
  ({ text }) => ({
    message: `Expected a decimal number such as 64, 0.5, 1e-4 or 25_600, found '${text}'`,
  }),
  () => ({
    meaning:
      "Numbers are decimal: 64, 0.5, 1e-4, and with '_' between digits 25_600. There is no hexadecimal, and no unit behind a number.",
    example: { kind: "source", source: "model M { input [0x10] Dense(3) }", mended: "model M { input [16] Dense(3) }" },
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

export const unterminatedComment = defineDiagnostic(
  "unterminated-comment",
  "error",
  "A comment that '/*' begins has no '*/'.",
  () => ({ message: "The comment has no end, expected '*/'", label: "it begins here" }),
  () => ({
    meaning: "'/*' begins a comment that ends with '*/'. Without the end the rest of the file is a comment.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(3) } /* the output",
      mended: "model M { input [4] Dense(3) } /* the output */",
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

export const foreignOperator = defineDiagnostic<{ span: Diagnostic["span"]; found: string; expected: string }>(
  "foreign-operator",
  "error",
  "An operator is written as in another language or with a typographic character.",
  ({ span, found, expected }) => ({
    message: `Expected '${expected}', found '${found}'`,
    ...(span ? { fix: { title: `Write '${expected}'`, edits: [{ span, text: expected }] } } : {}),
  }),
  () => ({
    meaning:
      "The operator is written as in another language, or as a typographic character that an editor or a web page put there. The message shows how it is written here.",
    example: { kind: "source", source: "let n = 2 ^ 3 model M { input [4] Dense(n) }" },
  }),
);

const operators: Readonly<Record<string, readonly [string, TokenType]>> = {
  "=>": ["->", Arrow],
  "\u2192": ["->", Arrow],
  "\u21D2": ["->", Arrow],
  "==": ["=", Equals],
  "^": ["**", StarStar],
  "\u00D7": ["*", Star],
  "\u00F7": ["/", Slash],
  "\u2212": ["-", Minus],
  "\u2013": ["-", Minus],
  "\u2014": ["-", Minus],
  "\uFF0C": [",", Comma],
  "\uFF1A": [":", Colon],
  "\uFF1B": [";", Semicolon],
  "\uFF1D": ["=", Equals],
  "\uFF08": ["(", LeftParen],
  "\uFF09": [")", RightParen],
  "\uFF3B": ["[", LeftBracket],
  "\uFF3D": ["]", RightBracket],
  "\uFF5B": ["{", LeftBrace],
  "\uFF5D": ["}", RightBrace],
  "\u3010": ["[", LeftBracket],
  "\u3011": ["]", RightBracket],
  "-->": ["->", Arrow],
  ":=": ["=", Equals],
};

/** Reports the tokens that are none of the language; what is plainly meant takes their place. */
export function mendTokens(
  file: string,
  all: readonly Token[],
): { tokens: Token[]; diagnostics: Diagnostic[]; endsInGap: boolean } {
  const tokens: Token[] = [];
  const diagnostics: Diagnostic[] = [];
  let gap = false;
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
      diagnostics.push(pythonImport({ ...tokenSpan(file, token), end: tokenEnd(all[importEnd - 1] as Token) }));
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
        diagnostics.push(malformedNumber(span, { text: token.image }));
        token.broken = true;
        keep(token, NumberLiteral);
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
        diagnostics.push(unterminatedComment({ ...span, end: span.start + 2 }));
        leaveOut(token);
        break;
      case HashComment:
        diagnostics.push(hashComment(span, { span }));
        break;
      case ForeignOperator: {
        const [expected, type] = operators[token.image] as readonly [string, TokenType];
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
  return { tokens, diagnostics, endsInGap: gap };
}

/** Whether a text has a character that is shown. */
function isVisible(text: string): boolean {
  return /[^\p{C}\p{Z}]/u.test(text);
}

function describeCharacters(text: string): string {
  const [first = ""] = text;
  const code = first.codePointAt(0) ?? 0;
  const point = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  if (!isVisible(first)) return `invisible character ${point}`;
  return text.length === first.length
    ? `character '${text}'`
    : `characters '${text.replace(/[\p{C}\p{Z}]/gu, "\uFFFD")}'`;
}
