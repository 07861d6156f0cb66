/** The options that may differ from file to file; `overrides` takes them too. */
export interface FileOptions {
  /**
   * `typescript`: readable loops. `wasm`: the same module with SIMD WebAssembly in it. `auto`: for each model what is
   * expected to be faster. Default `typescript`.
   */
  readonly target?: "typescript" | "wasm" | "auto";
  /** What the kernels of dense layers are stored as. Default `float32`. */
  readonly precision?: "float32" | "bfloat16";
  /** Where bound weights go: into the module, or into a safetensors file beside it. Default `inline`. */
  readonly weights?: "inline" | "file";
  /** Loops to write out: what is faster so, all, or none. Default `auto`. */
  readonly unroll?: "auto" | "full" | "none";
  /** `ts` gives a `.ts`, `js` a `.js` with a `.d.ts`. Default `ts`. */
  readonly emit?: "ts" | "js";
}

/**
 * How the declarations of `./digits.layers` are named, by the end of the name. `d.layers.ts`: `digits.d.layers.ts`, which
 * TypeScript reads under every `moduleResolution` when `allowArbitraryExtensions` is set. `layers.d.ts`:
 * `digits.layers.d.ts`, which needs no option but is found with `moduleResolution: "bundler"` only.
 */
export type TypesEnding = "d.layers.ts" | "layers.d.ts";

/** What `layerc.config.*` exports and the field `layerc` of a package.json holds. Paths are seen from the file's folder. */
export interface LayercConfig extends FileOptions {
  /** Model files or globs, for commands that are given none; a pattern that starts with `!` takes files out. */
  readonly include?: string | readonly string[];
  /** Where `layerc build` writes. Default: beside each model file. */
  readonly outDir?: string;
  /** How `layerc types` and the bundler plugins name declarations. Default `d.layers.ts`. */
  readonly types?: TypesEnding;
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
