import type { Span } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";

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

/** Whether a text has a character that is shown. */
export function isVisible(text: string): boolean {
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
