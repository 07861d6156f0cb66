import { definitionAt, occurrencesOf } from "../../check/semantics/definition-at.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Analysis } from "../analysis.ts";

/**
 * The places that change together when the name at an offset is typed over: those of a block's parameter that no file of the
 * program calls by its name from outside. Other names are for a rename, which looks into other files.
 */
export function linkedEditingRanges({ source, result }: Analysis, offset: number): readonly Span[] {
  const definition = definitionAt(result.index, source.path, offset);
  if (definition?.kind !== "parameter") return [];
  const places = occurrencesOf(definition);
  return places.every(({ file }) => file === source.path) ? places.toSorted((a, b) => a.start - b.start) : [];
}
