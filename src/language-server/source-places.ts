import type { Location } from "vscode-languageserver";
import type { Span } from "../diagnostics/diagnostic.ts";
import { mapLines, type LineMap } from "../diagnostics/line-map.ts";
import type { Source } from "../syntax/source.ts";
import { nowhere, placesOf, type Encoding, type Places } from "./positions.ts";

/** The places of texts that are at hand, by their files. */
export interface SourcePlaces {
  /** Undefined for a file whose text is not at hand, such as one of weights. */
  of(path: string): Places | undefined;
  location(span: Span): Location;
}

/** Lines of imported texts, which stay the same over many analyses. */
const linesOf = new WeakMap<Source, LineMap>();

export function sourcePlaces(
  sources: readonly Source[],
  encoding: Encoding,
  uriOf: (path: string) => string,
): SourcePlaces {
  const known = new Map<string, Places | undefined>();
  const of = (path: string): Places | undefined => {
    if (!known.has(path)) {
      const source = sources.find((one) => one.path === path);
      known.set(path, source && placesOf(lines(source), encoding));
    }
    return known.get(path);
  };
  return { of, location: (span) => ({ uri: uriOf(span.file), range: of(span.file)?.range(span) ?? nowhere }) };
}

function lines(source: Source): LineMap {
  const found = linesOf.get(source) ?? mapLines(source.text);
  linesOf.set(source, found);
  return found;
}
