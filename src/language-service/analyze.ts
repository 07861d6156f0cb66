import { mapLines } from "../diagnostics/line-map.ts";
import type { Host } from "../load/host.ts";
import { checkSource } from "../stages/check-source.ts";
import type { Source } from "../syntax/source.ts";
import type { Analysis } from "./analysis.ts";

/** Parses a file and all it imports, checks it and binds its weights. Never throws for anything in a file. */
export async function analyze(source: Source, host: Host | undefined): Promise<Analysis> {
  const checked = await checkSource(source, host === undefined ? {} : { host });
  return { ...checked, source, lines: mapLines(source.text), file: checked.program.entry };
}
