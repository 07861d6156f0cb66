import { SourceMap, type SourceMapPayload, type SourceMapping } from "node:module";

/** Where the first match in a module comes from; lines count from 0. Throws where that is not known. */
export function originOf(pattern: RegExp, code: string, map: SourceMapPayload): SourceMapping {
  const at = code.search(pattern);
  const before = code.slice(0, at).split("\n");
  const entry = new SourceMap(map).findEntry(before.length - 1, (before.at(-1) as string).length);
  if (at < 0 || !("originalSource" in entry)) throw new Error(`nothing is known of ${String(pattern)}`);
  return entry;
}
