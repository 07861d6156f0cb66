import type { CheckedText } from "./check-text.ts";
import { checkText } from "./check-text.ts";

/** A text without its marks, and the ranges that were marked, in order. */
export interface MarkedText {
  readonly text: string;
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

/** Takes the marks `«` and `»` out of a text. */
export function readMarks(marked: string): MarkedText {
  let text = "";
  let start = 0;
  const ranges: { start: number; end: number }[] = [];
  for (const part of marked.split(/([«»])/)) {
    if (part === "«") start = text.length;
    else if (part === "»") ranges.push({ start, end: text.length });
    else text += part;
  }
  return { text, ranges };
}

/** Checks a text whose marks stand where errors are expected, and gives what was found in the same form. */
export async function diagnose(
  marked: string,
  files: Readonly<Record<string, string>> = {},
): Promise<CheckedText & { readonly expected: readonly string[]; readonly found: readonly string[] }> {
  const { text, ranges } = readMarks(marked);
  const checked = await checkText(text, files);
  return {
    ...checked,
    expected: ranges.map(({ start, end }) => text.slice(start, end) + ` at ${start}`),
    found: checked.diagnostics.map(({ span }) =>
      span === undefined
        ? "nowhere"
        : `${(checked.texts.get(span.file) ?? "").slice(span.start, span.end)} at ${span.start}`,
    ),
  };
}
