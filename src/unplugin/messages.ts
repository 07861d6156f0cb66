import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { mapLines } from "../diagnostics/line-map.ts";
import { renderDiagnostics } from "../diagnostics/render.ts";
import type { Source } from "../syntax/source.ts";

/** Diagnostics as bundlers show them. */
export interface Message {
  /** Of the first error: `error[unknown-layer]: ...`. */
  readonly title: string;
  /** The lines of the source with their marks, and the other diagnostics whole. */
  readonly frame: string;
  /** The place of the first error; `line` counts from 1 and `column` from 0, as bundlers have it. */
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
}

/** One message for diagnostics that are told at once, errors before all others. */
export function toMessage(diagnostics: readonly Diagnostic[], sources: readonly Source[]): Message {
  const isError = ({ severity }: Diagnostic): boolean => severity === "error";
  const ordered = diagnostics.toSorted((a, b) => Number(isError(b)) - Number(isError(a)));
  const text = renderDiagnostics(ordered, sources).trimEnd();
  const title = text.split("\n", 1)[0] as string;
  const place = placeOf(ordered[0], sources);
  return { title, frame: text.slice(title.length + 1), ...(place === undefined ? {} : { place }) };
}

function placeOf(diagnostic: Diagnostic | undefined, sources: readonly Source[]): Message["place"] {
  const span = diagnostic?.span;
  const source = sources.find(({ path }) => path === span?.file);
  if (span === undefined || source === undefined) return undefined;
  const { line, column } = mapLines(source.text).position(span.start);
  return { file: span.file, line, column: column - 1 };
}
