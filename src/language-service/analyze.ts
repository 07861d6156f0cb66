import { mapLines } from "../diagnostics/line-map.ts";
import { mendScripts } from "../importers/mend-scripts.ts";
import type { Host } from "../load/host.ts";
import { checkSource, type SourceMemory } from "../stages/check-source.ts";
import type { Source } from "../syntax/source.ts";
import type { Analysis } from "./analysis.ts";

/** Parses a file and all it imports, checks it and binds its weights. Never throws for anything in a file. */
export async function analyze(source: Source, host: Host | undefined, memory?: SourceMemory): Promise<Analysis> {
  const checked = await checkSource(source, host === undefined ? {} : { host }, memory);
  const result = await mendScripts(checked.result);
  return { ...checked, result, source, lines: mapLines(source.text), file: checked.program.entry };
}
