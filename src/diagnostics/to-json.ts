import type { Diagnostic, Fix, Severity, Span } from "./diagnostic.ts";
import { mapLines, type LineMap, type Position } from "./line-map.ts";
import type { SourceText } from "./render.ts";

/** A place for tools. `start` and `end` are absent where the text of the file is not at hand. `end` is exclusive. */
export interface JsonLocation {
  readonly file: string;
  readonly start?: JsonPosition;
  readonly end?: JsonPosition;
}

/** `line` and `column` count from 1, `offset` from 0; columns and offsets are UTF-16 code units. */
export interface JsonPosition extends Position {
  readonly offset: number;
}

/** A diagnostic as plain data for other tools; the schema is described in `src/cli/README.md`. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly label: string | null;
  readonly location: JsonLocation | null;
  readonly related: readonly { readonly message: string; readonly location: JsonLocation }[];
  readonly help: string | null;
  readonly fix: JsonFix | null;
}

/** A change of files that mends something. */
export interface JsonFix {
  readonly title: string;
  readonly edits: readonly { readonly location: JsonLocation; readonly text: string }[];
}

/** The machine-readable form of diagnostics: all fields always present, places with line and column. */
export function diagnosticsToJson(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceText[],
): readonly JsonDiagnostic[] {
  const lineMaps = lineMapsOf(sources);
  return diagnostics.map((diagnostic) => ({
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: diagnostic.message,
    label: diagnostic.label ?? null,
    location: diagnostic.span === undefined ? null : locate(diagnostic.span, lineMaps),
    related: diagnostic.related.map(({ message, span }) => ({ message, location: locate(span, lineMaps) })),
    help: diagnostic.help ?? null,
    fix: diagnostic.fix === undefined ? null : locateFix(diagnostic.fix, lineMaps),
  }));
}

/** The machine-readable form of a fix that is offered without a diagnostic. */
export function fixToJson(fix: Fix, sources: readonly SourceText[]): JsonFix {
  return locateFix(fix, lineMapsOf(sources));
}

type LineMaps = ReadonlyMap<string, LineMap>;

function lineMapsOf(sources: readonly SourceText[]): LineMaps {
  return new Map(sources.map((source) => [source.path, mapLines(source.text)]));
}

function locateFix({ title, edits }: Fix, sources: LineMaps): JsonFix {
  return { title, edits: edits.map(({ span, text }) => ({ location: locate(span, sources), text })) };
}

function locate(span: Span, sources: LineMaps): JsonLocation {
  const lines = sources.get(span.file);
  if (lines === undefined) return { file: span.file };
  const at = (offset: number): JsonPosition => ({ ...lines.position(offset), offset });
  return { file: span.file, start: at(span.start), end: at(span.end) };
}
