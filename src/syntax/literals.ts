import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { MissingExpression, NumberLiteral, StringLiteral } from "./ast.ts";
import { tokenSpan, type Token } from "./token.ts";

export const numberTooLarge = defineDiagnostic<{ text: string }>(
  "number-too-large",
  "error",
  "A number is larger than a 64-bit float holds.",
  ({ text }) => ({ message: `Numbers go up to 1.7976931348623157e308, found ${text}` }),
  () => ({
    meaning: "Numbers are 64-bit floats, the largest of which is about 1.8e308.",
    example: {
      kind: "source",
      source: "model M { input [4] Rescaling(1e999) Dense(3) }",
      mended: "model M { input [4] Rescaling(1e99) Dense(3) }",
    },
  }),
);

export const invalidEscape = defineDiagnostic<{ escape: string }>(
  "invalid-escape",
  "error",
  "A backslash in a string begins none of the escapes of JSON.",
  ({ escape }) => ({
    message: `Unknown escape '${escape}' in a string`,
    help: 'the escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits',
  }),
  () => ({
    meaning: "Strings have the escapes of JSON and no others. A backslash that is meant as such is written twice.",
    example: {
      kind: "source",
      source: 'model M { input [4] Dense(2) labels ["R\\&D", "sales"] }',
      mended: 'model M { input [4] Dense(2) labels ["R&D", "sales"] }',
    },
  }),
);

export const invalidStringCharacter = defineDiagnostic<{ codePoint: number; span?: Span }>(
  "invalid-string-character",
  "error",
  "A string has a control character or half of a surrogate pair in it.",
  ({ codePoint, span }) => {
    const hex = codePoint.toString(16).toUpperCase().padStart(4, "0");
    return codePoint >= 0xd800
      ? { message: `U+${hex} is half of a surrogate pair, which is no character` }
      : { message: `Control character U+${hex} in a string`, ...escaped(codePoint, span) };
  },
  () => ({
    meaning:
      "A string holds text. Control characters, and halves of a surrogate pair, are invisible or no characters at all; JSON's escape \\u writes the former.",
    example: {
      kind: "source",
      source: 'model M { input [4] Dense(1) labels ["a\u0007b"] }',
    },
  }),
);

/** How a control character is written. */
function escaped(codePoint: number, span: Span | undefined) {
  const [letter] = Object.entries(simpleEscapes).find(([, each]) => each === String.fromCodePoint(codePoint)) ?? [];
  const text = `\\${letter ?? `u${codePoint.toString(16).padStart(4, "0")}`}`;
  if (span === undefined) return { help: `write it as ${text}` };
  return { fix: { title: `Write ${text}`, edits: [{ span, text }] } };
}

const simpleEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** The value of a number as written; one that is too large is reported and missing. */
export function numberLiteral(
  file: string,
  token: Token,
  report: (found: Diagnostic) => void,
): NumberLiteral | MissingExpression {
  const span = tokenSpan(file, token);
  if (token.broken) return { kind: "missing", span };
  const value = Number(token.image.replaceAll("_", ""));
  if (Number.isFinite(value)) return { kind: "number", value, text: token.image, span };
  const text = token.image.length > 40 ? `${token.image.slice(0, 40)}…` : token.image;
  report(numberTooLarge(span, { text }));
  return { kind: "missing", span };
}

/** A string after its escapes; unknown escapes are reported and stay as written. */
export function stringLiteral(file: string, token: Token, report: (found: Diagnostic) => void): StringLiteral {
  const span = tokenSpan(file, token);
  const inner = token.unquoted ? token.image : token.broken ? token.image.slice(1) : token.image.slice(1, -1);
  const start = span.start + (token.unquoted ? 0 : 1);
  const place = (index: number, length: number): Span => ({ file, start: start + index, end: start + index + length });
  const parts: string[] = [];
  let plain = 0;
  for (let at = 0; at < inner.length; at++) {
    const code = inner.charCodeAt(at);
    if (code < 0x20 || code === 0x7f)
      report(invalidStringCharacter(place(at, 1), { codePoint: code, span: place(at, 1) }));
    if (code !== 0x5c) continue;
    parts.push(inner.slice(plain, at));
    const letter = inner[at + 1] ?? "";
    const hex = /^[0-9a-fA-F]{4}/.exec(inner.slice(at + 2, at + 6))?.[0];
    const simple = Object.hasOwn(simpleEscapes, letter) ? simpleEscapes[letter] : undefined;
    let length = 2;
    if (simple !== undefined) parts.push(simple);
    else if (letter === "u" && hex !== undefined) {
      parts.push(String.fromCharCode(Number.parseInt(hex, 16)));
      length = 6;
    } else {
      const character = String.fromCodePoint(inner.codePointAt(at + 1) ?? 0x5c);
      length = 1 + (letter === "" ? 0 : character.length);
      if (letter !== "" || !token.broken)
        report(invalidEscape(place(at, length), { escape: `\\${letter === "" ? "" : character}` }));
      parts.push(inner.slice(at, at + length));
    }
    at += length - 1;
    plain = at + 1;
  }
  parts.push(inner.slice(plain));
  const value = parts.join("");
  const half = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.exec(value);
  if (half) report(invalidStringCharacter(span, { codePoint: half[0].charCodeAt(0) }));
  return { kind: "string", value, span };
}
