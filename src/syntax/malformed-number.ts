import type { Span } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";

export const malformedNumber = defineDiagnostic<{ text: string; span?: Span; meant?: string | undefined }>(
  "malformed-number",
  "error",
  "A number is not decimal, or runs on into letters.",
  ({ text, span, meant }) => ({
    message: `Expected a decimal number such as 64, 0.5, 1e-4 or 25_600, found '${text}'`,
    ...(span === undefined || meant === undefined
      ? {}
      : { fix: { title: `Write ${meant}`, edits: [{ span, text: meant }] } }),
  }),
  () => ({
    meaning:
      "Numbers are decimal: 64, 0.5, 1e-4, and with '_' between digits 25_600. There is no hexadecimal, and no unit behind a number.",
    example: { kind: "source", source: "model M { input [0x10] Dense(3) }" },
  }),
);

/** The number that is certainly meant by one of another language: 16 for `0x10`, 0.2 for `0.2f`, 100 for `1__00`. */
export function decimalOf(text: string): string | undefined {
  const digits = text.replaceAll("_", "");
  if (/^0(?:[xX][\da-fA-F]{1,12}|[bB][01]{1,48}|[oO][0-7]{1,16})$/.test(digits)) return String(Number(digits));
  const [, plain] = /^((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[fFdDlLuUn]?$/.exec(digits) ?? [];
  return plain;
}
