import type { Diagnostic, Span } from "./diagnostic.ts";

/**
 * Diagnostics of a text as fixes of earlier ones leave it, without the fixes that would edit what those replace: they were made
 * for what is not written there yet.
 */
export function withoutStaleFixes(
  diagnostics: readonly Diagnostic[],
  earlier: readonly Diagnostic[],
): readonly Diagnostic[] {
  const byFile = new Map<string, Span[]>();
  for (const { span } of earlier.flatMap(({ fix }) => fix?.edits ?? [])) {
    if (span.start === span.end) continue;
    const known = byFile.get(span.file);
    if (known === undefined) byFile.set(span.file, [span]);
    else known.push(span);
  }
  if (byFile.size === 0) return diagnostics;
  const lookUps = new Map([...byFile].map(([file, pieces]) => [file, lookUp(pieces)]));
  const isReplaced = (span: Span): boolean => lookUps.get(span.file)?.(span) === true;
  return diagnostics.map((diagnostic) => {
    const { fix, ...others } = diagnostic;
    return fix?.edits.some(({ span }) => isReplaced(span)) === true ? others : diagnostic;
  });
}

/** Whether a piece of a file overlaps one of those given; there may be many of both. */
function lookUp(given: readonly Span[]): (span: Span) => boolean {
  const pieces = given.toSorted((a, b) => a.start - b.start);
  const ends: number[] = [];
  for (const { end } of pieces) ends.push(Math.max(end, ends.at(-1) ?? 0));
  return (span) => {
    let low = 0;
    let high = pieces.length;
    // The number of pieces that begin before the end of the span.
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pieces[middle] as Span).start < span.end) low = middle + 1;
      else high = middle;
    }
    return low > 0 && (ends[low - 1] as number) > span.start;
  };
}
