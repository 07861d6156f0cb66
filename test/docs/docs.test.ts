import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { findFences } from "./fences.ts";
import { runDocuments } from "./run-document.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "grammar/README.md",
  "editors/vscode/README.md",
  "editors/vscode/CONTRIBUTING.md",
  "examples/README.md",
  ...readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `src/${name.replaceAll("\\", "/")}`)
    .sort(),
];

describe("what the pages show is what happens", () => {
  let done: ReadonlyMap<string, string | Error>;
  beforeAll(async () => {
    done = await runDocuments(new Map(pages.map((page) => [page, readFileSync(root + page, "utf8")])));
  });

  // `npm run generate` writes the outputs that differ into the pages.
  test.each(pages)("%s", async (page) => {
    const result = done.get(page);
    if (typeof result !== "string") throw result ?? new Error("The page was not run");
    await expect(result).toMatchFileSnapshot(root + page);
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
