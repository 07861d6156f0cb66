import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { generatedFiles, grammarSection, withSection } from "../../grammar/generated-files.ts";
import { loadDiagnostics } from "../../src/load/index.ts";
import { parseSource, syntaxDiagnostics } from "../../src/syntax/index.ts";

const folder = new URL("../../grammar/", import.meta.url);

// `npm run generate` runs this file with vitest's `--update`, which writes what differs.
async function expectCommitted(name: string, content: string): Promise<void> {
  await expect(content).toMatchFileSnapshot(fileURLToPath(new URL(name, folder)));
}

describe("the generated files", () => {
  it.each([...generatedFiles()])("%s is what the grammar gives", async (name, content) => {
    await expectCommitted(name, content);
  });

  it("the reference holds the syntax diagnostics and the grammar of today", async () => {
    const reference = await readFile(new URL("README.md", folder), "utf8");
    const rows = [...syntaxDiagnostics, ...loadDiagnostics].map(({ code, summary }) => `| \`${code}\` | ${summary} |`);
    const content = ["| code | reported when |", "| --- | --- |", ...rows].join("\n");
    const updated = withSection(withSection(reference, { name: "syntax diagnostics", content }), grammarSection());
    await expectCommitted("README.md", updated);
  });

  it("the examples of the reference have no syntax error", async () => {
    const reference = await readFile(new URL("README.md", folder), "utf8");
    const examples = [...reference.matchAll(/```layers\n([^]*?)```/g)].map((match) => match[1] as string);
    expect(examples.length).toBeGreaterThan(2);
    for (const text of examples) expect(parseSource({ path: "example.layers", text }).diagnostics).toEqual([]);
  });

  it("the TextMate grammar is made of valid expressions", () => {
    const grammar = JSON.parse(generatedFiles().get("layers.tmLanguage.json") ?? "");
    for (const { match, begin } of grammar.patterns) expect(() => new RegExp(match ?? begin)).not.toThrow();
  });
});
