import type { Diagnostic, Fix } from "../../src/diagnostics/diagnostic.ts";

type Edit = Fix["edits"][number];

/** Applies the fixes of all diagnostics that don't touch an earlier one's; undefined where there is none. */
export function applyFixes(text: string, diagnostics: readonly Diagnostic[]): string | undefined {
  const taken: Edit[] = [];
  for (const { fix } of diagnostics) {
    if (fix === undefined) continue;
    if (!fix.edits.some((edit) => taken.some((other) => touch(edit, other)))) taken.push(...fix.edits);
  }
  if (taken.length === 0) return undefined;
  return taken
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((result, { span, text: by }) => result.slice(0, span.start) + by + result.slice(span.end), text);
}

/** Whether two edits overlap, or insert at one place, so that their order would matter. */
export function touch({ span: a }: Edit, { span: b }: Edit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}
