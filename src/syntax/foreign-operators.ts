import type { TokenType } from "chevrotain";
import {
  Arrow,
  Colon,
  Comma,
  Equals,
  LeftBrace,
  LeftBracket,
  LeftParen,
  Minus,
  RightBrace,
  RightBracket,
  RightParen,
  Semicolon,
  Slash,
  Star,
  StarStar,
} from "../../grammar/tokens.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";

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

/** What each is here. */
export const foreignOperators: Readonly<Record<string, readonly [string, TokenType]>> = {
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
