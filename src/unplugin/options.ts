import type { OptionDefinition } from "../config/options/definition.ts";
import { options as table } from "../config/options/table.ts";
import { namesWhere, type OptionName, type PluginValues } from "../config/options/values.ts";
import { suggest } from "../diagnostics/suggest.ts";

/** What the plugin takes; the same for every bundler. What is absent comes from the project's config, if there is one. */
export interface LayersOptions extends PluginValues {}

/** The options in the order in which messages have them: those that are `layerc build`'s, then those that differ. */
const names = [...namesWhere(({ plugin }) => plugin === "same"), ...namesWhere(({ plugin }) => Array.isArray(plugin))];
const values = new Map(names.map((name) => [name as string, valuesOf(name)]));

/** Throws for an unknown option or a value that it does not take, in words; a configuration may be plain JavaScript. */
export function checkOptions(options: LayersOptions): void {
  for (const [key, value] of Object.entries(options)) {
    const allowed = values.get(key);
    if (allowed === undefined) {
      const meant = suggest(key, names);
      const help = meant === undefined ? `it takes ${listed(names)}` : `did you mean '${meant}'?`;
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

function valuesOf(name: OptionName): readonly unknown[] {
  const { plugin, values: all }: OptionDefinition = table[name];
  if (plugin !== "same") return plugin === false ? [] : plugin;
  return typeof all === "string" ? [true, false] : all;
}

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
