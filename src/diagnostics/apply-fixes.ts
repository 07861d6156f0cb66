import type { Diagnostic, Fix } from "./diagnostic.ts";

type Edit = Fix["edits"][number];

/** A text with fixes applied, and the diagnostics whose fixes these are. */
export interface FixedText {
  readonly text: string;
  readonly applied: readonly (Diagnostic & { readonly fix: Fix })[];
}

/**
 * Applies the fixes of diagnostics to the text of the file `path`: those that edit nothing else and don't touch an earlier
 * one's. Undefined where there is none.
 */
export function applyFixes(path: string, text: string, diagnostics: readonly Diagnostic[]): FixedText | undefined {
  const applied: (Diagnostic & { readonly fix: Fix })[] = [];
  const edits: Edit[] = [];
  for (const diagnostic of diagnostics) {
    const { fix } = diagnostic;
    if (fix === undefined || fix.edits.some(({ span }) => span.file !== path)) continue;
    if (fix.edits.some((edit) => edits.some((other) => touch(edit, other)))) continue;
    edits.push(...fix.edits);
    applied.push({ ...diagnostic, fix });
  }
  if (applied.length === 0) return undefined;
  const fixed = edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((result, { span, text: by }) => result.slice(0, span.start) + by + result.slice(span.end), text);
  return { text: fixed, applied };
}

/** Whether two edits overlap, or insert at one place, so that their order would matter. */
function touch({ span: a }: Edit, { span: b }: Edit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}
