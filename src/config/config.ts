import type { FileOptions, OptionValues, ProjectOptions } from "./options/values.ts";

export type { FileOptions } from "./options/values.ts";

/**
 * How the declarations of `./digits.layers` are named, by the end of the name. `d.layers.ts`: `digits.d.layers.ts`, which
 * TypeScript reads under every `moduleResolution` when `allowArbitraryExtensions` is set. `layers.d.ts`:
 * `digits.layers.d.ts`, which needs no option but is found with `moduleResolution: "bundler"` only.
 */
export type TypesEnding = NonNullable<OptionValues<"types">["types"]>;

/** What `layerc.config.*` exports and the field `layerc` of a package.json holds. Paths are seen from the file's folder. */
export interface LayercConfig extends FileOptions, ProjectOptions {
  /** Model files or globs, for commands that are given none; a pattern that starts with `!` takes files out. */
  readonly include?: string | readonly string[];
  /** Whether no file outside of the project is read: outside of the nearest package.json's folder, links followed. Default false. */
  readonly sandboxPaths?: boolean;
  /** Options for some of the files; where two entries match one file, the later one wins. */
  readonly overrides?: readonly Override[];
}

/** Options for the files that match `files`, globs as in `include`. */
export interface Override extends FileOptions {
  readonly files: string | readonly string[];
}

/** Gives a config its type: `export default defineConfig({ … })`. Answers it as it is. */
export function defineConfig(config: LayercConfig): LayercConfig {
  return config;
}
