import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check } from "../../src/compile.ts";
import { renderDiagnostics } from "../../src/diagnostics/render.ts";
import { importScript } from "../../src/importers/import-script.ts";
import { codeIn, rowsIn } from "./readme-tables.ts";

/**
 * Scripts as people write them, in `python/NAME.py`: what each becomes is in `NAME.layers`, what is said of it in `NAME.txt`.
 * `npx vitest run --config test/vitest.config.ts test/importers/python-snippets.test.ts -u` writes both anew.
 */
const folder = new URL("./python/", import.meta.url);
const files = readdirSync(folder);
const names = files.filter((file) => file.endsWith(".py")).map((file) => file.slice(0, -".py".length));
const read = (file: string): string => readFileSync(new URL(file, folder), "utf8");

describe("a script", () => {
  test("there are as many as styles to write a model", () => expect(names.length).toBeGreaterThanOrEqual(90));

  test.each(names)("%s", async (name) => {
    const path = `${name}.py`;
    const { value, diagnostics, sources } = await importScript(read(path), path);
    const isWrong = diagnostics.some(({ severity }) => severity === "error");
    expect(value === undefined).toBe(isWrong);
    const told = renderDiagnostics(diagnostics, sources);
    const isTold = files.includes(`${name}.txt`);
    if (told !== "" || isTold) await expect(told).toMatchFileSnapshot(new URL(`${name}.txt`, folder).pathname);
    const isWritten = files.includes(`${name}.layers`);
    if (value === undefined) return expect(isWritten).toBe(false);
    await expect(value.source).toMatchFileSnapshot(new URL(`${name}.layers`, folder).pathname);
    const checked = await check({ path: `${name}.layers`, text: value.source });
    expect(checked.diagnostics.filter(({ severity }) => severity !== "hint")).toEqual([]);
    expect(checked.models.map((model) => model.name)).toContain(value.name);
  });

  test("the seed question's three lines have 2,560,000 weights in their Dense", async () => {
    const { models } = await check({ path: "seed-question.layers", text: read("seed-question.layers") });
    const [dense] = models[0]?.layers ?? [];
    expect(dense?.kind === "layer" && dense.weights.map(({ shape }) => shape)).toEqual([[100, 25_600]]);
    expect(read("seed-question.layers")).toContain("Dense(10*10*256, use_bias=false)");
  });
});

describe("the tables of src/keras-scripts/README.md", () => {
  const readme = readFileSync(new URL("../../src/keras-scripts/README.md", import.meta.url), "utf8");
  const section = (title: string): readonly (readonly string[])[] => {
    const [, text = ""] = readme.split(`\n## ${title}\n`);
    return rowsIn(text.split("\n## ")[0] ?? "");
  };
  const sections = ["What is read", "What is left out", "What is refused"] as const;
  const rows = sections.flatMap((title) => section(title).map((row) => ({ title, row })));

  test.each(rows)("$title: $row.0", ({ title, row }) => {
    const snippets = codeIn(row.at(-1));
    expect(snippets.length).toBeGreaterThan(0);
    for (const name of snippets) {
      expect(names).toContain(name);
      expect({ name, isWritten: files.includes(`${name}.layers`) }).toEqual({
        name,
        isWritten: title !== "What is refused",
      });
      const words = title === "What is read" ? [] : codeIn(row.at(-2));
      if (title !== "What is read") expect(words.length).toBeGreaterThan(0);
      for (const word of words) expect(read(`${name}.txt`).replaceAll(/\s+/g, " ")).toContain(word);
    }
  });

  test("name every script", () => {
    const named = new Set(rows.flatMap(({ row }) => codeIn(row.at(-1))));
    expect(names.filter((name) => !named.has(name))).toEqual([]);
  });
});
