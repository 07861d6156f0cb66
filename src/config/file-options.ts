import type { LayercConfig } from "./config.ts";
import { matchesGlobs } from "./matches-globs.ts";
import { mergeOptions } from "./options/merge-options.ts";
import { fileOptionNames, type FileOptions } from "./options/values.ts";

/**
 * The options a config gives one file: those at its top, then those of each override that matches. `file` is seen from
 * the config's folder, with `/`.
 */
export function fileOptions(config: LayercConfig, file: string): FileOptions {
  const matching = (config.overrides ?? []).filter(({ files }) => matchesGlobs(file, files));
  return mergeOptions(fileOptionNames, config, ...matching);
}
