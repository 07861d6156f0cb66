import { addMapping, GenMapping, setSourceContent, toEncodedMap } from "@jridgewell/gen-mapping";
import path from "node:path";
import type { Span } from "../diagnostics/diagnostic.ts";
import { mapLines } from "../diagnostics/line-map.ts";
import type { Source } from "../syntax/source.ts";

/** A source map as bundlers take it (https://tc39.es/ecma426/). */
export interface ModuleMap {
  readonly version: number;
  readonly sources: string[];
  readonly sourcesContent: (string | null)[];
  readonly names: string[];
  readonly mappings: string;
}

/** The map of a module: each line to its layer or model. Sources have absolute paths. */
export function sourceMap(origins: readonly (Span | undefined)[], sources: readonly Source[], root: string): ModuleMap {
  const map = new GenMapping();
  const lines = new Map(sources.map((source) => [source.path, mapLines(source.text)]));
  origins.forEach((span, at) => {
    const generated = { line: at + 1, column: 0 };
    const position = span === undefined ? undefined : lines.get(span.file)?.position(span.start);
    if (span === undefined || position === undefined) {
      addMapping(map, { generated });
      return;
    }
    const original = { line: position.line, column: position.column - 1 };
    addMapping(map, { generated, source: path.resolve(root, span.file), original });
  });
  for (const source of sources) setSourceContent(map, path.resolve(root, source.path), source.text);
  const { version, sources: paths, sourcesContent = [], names, mappings } = toEncodedMap(map);
  return {
    version,
    sources: paths as string[],
    sourcesContent: sourcesContent as string[],
    names: names as string[],
    mappings,
  };
}
