import type { Diagnostic as LspDiagnostic } from "vscode-languageserver";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic.ts";
import type { Analysis } from "../../language-service/analysis.ts";
import type { Client } from "../client.ts";
import type { SourcePlaces } from "../source-places.ts";
import { lspDiagnostic } from "./lsp-diagnostic.ts";

/** What one analysis has to say, by the path of the file that shows it. */
export type FoundDiagnostics = ReadonlyMap<string, readonly LspDiagnostic[]>;

/**
 * Sorts the diagnostics of an analysis by the files that show them: the one that each is about, and the analysed one, if it has a
 * place there and the other is not the same. So what a block of another file makes of an argument is seen where the argument
 * is written. A closed file shows only what has no other place.
 */
export function findDiagnostics(
  analysis: Analysis,
  isOpen: (path: string) => boolean,
  places: SourcePlaces,
  client: Client,
): FoundDiagnostics {
  const analysed = analysis.source.path;
  const found = new Map<string, LspDiagnostic[]>([[analysed, []]]);
  for (const diagnostic of analysis.result.diagnostics) {
    for (const at of placesShown(diagnostic, analysed, isOpen)) {
      const path = at?.file ?? analysed;
      const items = found.get(path) ?? [];
      items.push(lspDiagnostic(diagnostic, places, client, at));
      found.set(path, items);
    }
  }
  return found;
}

function placesShown(
  { span, related }: Diagnostic,
  analysed: string,
  isOpen: (path: string) => boolean,
): readonly (Span | undefined)[] {
  if (span === undefined || span.file === analysed) return [span];
  const cause = related.find((place) => place.span.file === analysed)?.span;
  return cause === undefined ? [span] : isOpen(span.file) ? [span, cause] : [cause];
}
