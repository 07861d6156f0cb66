import type { Fix } from "./diagnostic.ts";

/** The text of the file `path` with the edits of a fix that are in it. */
export function applyFix(text: string, path: string, fix: Fix): string {
  return fix.edits
    .filter(({ span }) => span.file === path)
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((result, { span, text: by }) => result.slice(0, span.start) + by + result.slice(span.end), text);
}
