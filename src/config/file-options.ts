import type { FileOptions, LayercConfig } from "./config.ts";
import { matchesGlobs } from "./matches-globs.ts";
import { fileOptionValues } from "./keys.ts";

const keys = Object.keys(fileOptionValues) as readonly (keyof FileOptions)[];

/**
 * The options a config gives one file: those at its top, then those of each override that matches. `file` is seen from
 * the config's folder, with `/`.
 */
export function fileOptions(config: LayercConfig, file: string): FileOptions {
  const matching = (config.overrides ?? []).filter(({ files }) => matchesGlobs(file, files));
  const pairs = [config, ...matching].flatMap((options) =>
    keys.filter((key) => options[key] !== undefined).map((key) => [key, options[key]] as const),
  );
  return Object.fromEntries(pairs) as FileOptions;
}
