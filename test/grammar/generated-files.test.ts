import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { generatedFiles, grammarSection, withSection } from "../../grammar/generated-files.ts";
import { activations } from "../../src/activations/index.ts";
import { layers } from "../../src/layers/index.ts";
import { losses } from "../../src/training/losses/index.ts";
import { metrics } from "../../src/training/metrics/index.ts";
import { optimizers } from "../../src/training/optimizers/index.ts";
import { schedules } from "../../src/training/schedules/index.ts";
import { parseSource } from "../../src/syntax/parse-source.ts";
import { catalogue } from "../../src/cli/catalogue.ts";

const folder = new URL("../../grammar/", import.meta.url);

// `npm run generate` runs this file with vitest's `--update`, which writes what differs.
async function expectCommitted(name: string, content: string): Promise<void> {
  await expect(content).toMatchFileSnapshot(fileURLToPath(new URL(name, folder)));
}

describe("the generated files", () => {
  it.each([...generatedFiles()])("%s is what the grammar gives", async (name, content) => {
    await expectCommitted(name, content);
  });

  it("the reference holds the diagnostics and the grammar of today", async () => {
    const reference = await readFile(new URL("README.md", folder), "utf8");
    const tables = catalogue.map(({ title, diagnostics }) => {
      const rows = diagnostics.map(({ code, severity, summary }) => `| \`${code}\` | ${severity} | ${summary} |`);
      return [`### ${title}`, "", "| code | severity | reported when |", "| --- | --- | --- |", ...rows].join("\n");
    });
    const section = { name: "diagnostics", content: tables.join("\n\n") };
    await expectCommitted("README.md", withSection(withSection(reference, section), grammarSection()));
  });

  it("every diagnostic has a code of its own, in kebab-case, and a sentence for the catalogue", () => {
    const all = catalogue.flatMap(({ diagnostics }) => diagnostics);
    for (const { code, summary } of all) {
      expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(summary, code).toMatch(/^[A-Z`'][^|\n]*\.$/);
    }
    expect(all.map(({ code }) => code)).toEqual([...new Set(all.map(({ code }) => code))]);
  });

  it("every diagnostic that is defined is in the catalogue", async () => {
    const source = fileURLToPath(new URL("../../src/", import.meta.url));
    const files = (await readdir(source, { recursive: true })).filter((name) => name.endsWith(".ts"));
    const texts = await Promise.all(files.map((name) => readFile(source + name, "utf8")));
    const defined = texts.flatMap((text) =>
      [...text.matchAll(/= defineDiagnostic\b[^]*?\(\s*"([^"]*)",\s*"(?:error|warning|hint)"/g)].map(
        (match) => match[1],
      ),
    );
    const listed = catalogue.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
    expect(listed.toSorted()).toEqual(defined.toSorted());
  });

  it("the reference has a row for every layer and activation, and for whatever training names", async () => {
    const reference = await readFile(new URL("README.md", folder), "utf8");
    // The first cell of a row: "`silu`, `swish`".
    const rows = reference.split("\n").flatMap((line) => /^\| (`[^|]*`) \|/.exec(line)?.[1] ?? []);
    const named = new Set(rows.flatMap((cell) => cell.split(/[,;] /).map((name) => name.replaceAll("`", ""))));
    const names = [
      ...layers.map(({ className }) => className),
      ...activations.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
      ...[...optimizers, ...schedules, ...losses, ...metrics].map(({ identifier }) => identifier),
    ];
    expect(names.filter((name) => !named.has(name))).toEqual([]);
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
