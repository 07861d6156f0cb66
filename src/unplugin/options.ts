import type { CompileOptions } from "../compile.ts";
import type { TypesEnding } from "../config/config.ts";
import { fileOptionValues, typesEndings } from "../config/keys.ts";
import { suggest } from "../diagnostics/suggest.ts";

/** What the plugin takes; the same for every bundler. What is absent comes from the project's config, if there is one. */
export interface LayersOptions extends Pick<CompileOptions, "target" | "precision" | "unroll"> {
  /** A bundled module carries its weights: `inline` is all there is. */
  readonly weights?: "inline";
  /**
   * Whether to write declarations beside `.layers` files, as `layerc types` does, and how their names end. Default: yes where
   * the project has a tsconfig.json, with the config's ending.
   */
  readonly types?: boolean | TypesEnding;
}

const values: Readonly<Record<keyof LayersOptions, readonly unknown[]>> = {
  target: fileOptionValues.target,
  precision: fileOptionValues.precision,
  unroll: fileOptionValues.unroll,
  weights: ["inline"],
  types: [true, false, ...typesEndings],
};

/** Throws for an unknown option or a value that it does not take, in words; a configuration may be plain JavaScript. */
export function checkOptions(options: LayersOptions): void {
  for (const [key, value] of Object.entries(options)) {
    const allowed = values[key as keyof LayersOptions];
    if (!Object.hasOwn(values, key) || allowed === undefined) {
      const meant = suggest(key, Object.keys(values));
      const help = meant === undefined ? `it takes ${listed(Object.keys(values))}` : `did you mean '${meant}'?`;
      throw new Error(`layerc's plugin has no option '${key}': ${help}`);
    }
    if (value === undefined || allowed.includes(value)) continue;
    if (key === "weights" && value === "file")
      throw new Error(`layerc's plugin does not take weights: "file": ${fileRefused}`);
    throw new Error(
      `layerc's plugin expects ${listed(allowed.map((one) => JSON.stringify(one)))} for '${key}', found ${shown(value)}`,
    );
  }
}

/** Why there is no `weights: "file"`. */
export const fileRefused =
  "a bundled module carries its weights; to fetch them apart, leave out the model's weights clause and pass the file's " +
  'bytes to read…Weights() and create…(), or say weights: "inline" to the plugin';

/** `a, b or c` */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

function shown(value: unknown): string {
  return typeof value === "string"
    ? JSON.stringify(value)
    : value === null
      ? "null"
      : `a value of type ${typeof value}`;
}
