import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import { isMended } from "../syntax/mended.ts";
import type { ModelFile } from "../syntax/ast.ts";

/**
 * Where syntax errors have torn holes into files; those that the parser has mended have torn none. What a hole may have swallowed is not reported as missing, and no shape
 * is followed across it: those would be consequences of an error that is reported already.
 */
export interface Damage {
  readonly isNone: boolean;
  /** Whether an error lies in the file. */
  inFile(path: string): boolean;
  /** Whether an error lies between two offsets of a file, or touches one: a missing bracket is a place without length. */
  between(path: string, start: number, end: number): boolean;
  /** Whether an error that the parser has mended marks exactly this place. */
  isMended(span: Span): boolean;
  /** Whether the file's text declares a name in a declaration that may have been lost. */
  mayDeclare(file: ModelFile, name: string): boolean;
}

/** The damage that earlier errors (of the parser and the loader) stand for. */
export function findDamage(earlier: readonly Diagnostic[]): Damage {
  const spans = new Map<string, Span[]>();
  const mended = new Set<string>();
  for (const diagnostic of earlier) {
    const { severity, span, related } = diagnostic;
    if (severity !== "error" || span === undefined) continue;
    if (isMended(diagnostic)) {
      // Those of one habit are one diagnostic, which has the others as related places.
      for (const place of [span, ...related.map((other) => other.span)]) mended.add(placeOf(place));
      continue;
    }
    const inFile = spans.get(span.file);
    if (inFile === undefined) spans.set(span.file, [span]);
    else inFile.push(span);
  }
  const declared = new Map<string, boolean>();
  return {
    isNone: spans.size === 0 && mended.size === 0,
    isMended: (span) => mended.has(placeOf(span)),
    inFile: (path) => spans.has(path),
    between: (path, start, end) => spans.get(path)?.some((span) => span.start <= end && span.end >= start) === true,
    mayDeclare(file, name) {
      if (!spans.has(file.source.path) || !/^[\p{L}\p{N}_]+$/u.test(name)) return false;
      const key = `${name}:${file.source.path}`;
      const known = declared.get(key);
      if (known !== undefined) return known;
      const declares = `\\b(?:let|dim|block|model)\\s+${name}\\b`;
      const imports = `\\bimport\\b(?:\\s*\\{[^{}]*|[^\\r\\n]*)\\b${name}\\b`;
      const found = new RegExp(`${declares}|${imports}`, "u").test(file.source.text);
      declared.set(key, found);
      return found;
    },
  };
}

function placeOf({ file, start, end }: Span): string {
  return `${start}:${end}:${file}`;
}
