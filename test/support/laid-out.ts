import { format } from "prettier";
import { expect } from "vitest";

/**
 * Expects modules to be laid out as Prettier would. What an earlier module has too is left out, and is not formatted
 * again: Prettier lays out a statement the same whatever stands before and behind it.
 */
export async function expectLaidOut(
  modules: readonly string[],
  parser: "typescript" | "babel" = "typescript",
): Promise<void> {
  const seen = new Set<string>();
  for (const text of modules) {
    expect(text).toBe(`${text.trimEnd()}\n`);
    // A second empty line would be part of the statement before it.
    const statements = text.trimEnd().split(/\n\n(?=\S)/);
    const fresh = statements.filter((statement) => !seen.has(statement));
    for (const statement of fresh) seen.add(statement);
    if (fresh.length === 0) continue;
    const kept = `${fresh.join("\n\n")}\n`;
    // Without a file name Prettier searches the whole text for JSX.
    expect(await format(kept, { parser, filepath: "module.ts" })).toBe(kept);
  }
}
