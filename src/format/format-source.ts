import type { FormatOptions } from "./format-options.ts";

/**
 * Formats the text of a model file as `layerc/prettier` does. Formatting it again changes nothing; its meaning stays, and so
 * do its comments. Rejects with a `SyntaxError` for a text that is wrong: its message has the place and the lines around it, and
 * its `loc` the place alone.
 */
export async function formatSource(text: string, options: FormatOptions = {}): Promise<string> {
  const [{ format }, plugin] = await Promise.all([import("prettier/standalone"), import("./prettier-plugin.ts")]);
  return format(text, { ...options, parser: "layers", plugins: [plugin] });
}
