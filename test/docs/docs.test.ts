import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findFences } from "./fences.ts";
import { runDocument } from "./run-document.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "grammar/README.md",
  "examples/README.md",
  ...readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("README.md"))
    .map((name) => `src/${name.replaceAll("\\", "/")}`)
    .sort(),
];

describe("what the pages show is what happens", () => {
  // `npm run generate` writes the outputs that differ into the pages.
  test.each(pages)("%s", async (page) => {
    const markdown = readFileSync(root + page, "utf8");
    await expect(await runDocument(markdown)).toMatchFileSnapshot(root + page);
  });

  test("the pages have snippets to run", () => {
    const fences = pages.flatMap((page) => findFences(readFileSync(root + page, "utf8")));
    const count = (language: string): number => fences.filter((fence) => fence.language === language).length;
    expect(count("layers")).toBeGreaterThan(6);
    expect(count("console")).toBeGreaterThan(4);
    expect(count("ts")).toBeGreaterThan(3);
  });
});

describe("links", () => {
  test.each(pages)("of %s lead to files", (page) => {
    const markdown = readFileSync(root + page, "utf8");
    const base = new URL(page, `file://${root}`);
    for (const [, target = ""] of markdown.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
      expect(() => readFileOrFolder(fileURLToPath(new URL(target, base))), target).not.toThrow();
    }
  });
});

function readFileOrFolder(path: string): void {
  if (path.endsWith("/")) readdirSync(path);
  else readFileSync(path);
}
