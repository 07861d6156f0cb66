import { formatSource } from "../format/format-source.ts";
import type { FormatOptions } from "../format/format-options.ts";

/** Formats a text without any config; undefined for one with errors of syntax. */
export async function formatOrNothing(text: string, options: FormatOptions): Promise<string | undefined> {
  try {
    return await formatSource(text, options);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
