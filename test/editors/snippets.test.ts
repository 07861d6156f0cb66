import fs from "node:fs";
import { expect, test } from "vitest";
import { check } from "../../src/index.ts";

const file = new URL("../../editors/vscode/snippets.json", import.meta.url);
const snippets = JSON.parse(fs.readFileSync(file, "utf8")) as Readonly<
  Record<string, { readonly prefix: string; readonly description: string; readonly body: readonly string[] }>
>;

/** Where a snippet can stand that is no file by itself. */
const places: Readonly<Record<string, (snippet: string) => string>> = {
  block: (snippet) => `${snippet}\nmodel M { input [4] Hidden(3) }`,
  repeat: (snippet) => `model M {\n  input [4]\n${snippet}\n}`,
  import: (snippet) => `${snippet}\nmodel M { input [4] Hidden(3) }`,
  normalized: (snippet) => `model M {\n  input [4]\n${snippet}\n}`,
};

test.each(Object.values(snippets))(
  "the snippet $prefix gives a text without any diagnostic",
  async ({ prefix, body }) => {
    const text = (places[prefix] ?? String)(expand(body.join("\n")));
    const host = {
      resolve: (_: string, relative: string) => relative,
      readText: async () => ({ ok: true as const, content: "block Hidden(units) { Dense(units) }" }),
      readBytes: async () => ({ ok: false as const, reason: "no such file" }),
    };
    const { models, diagnostics } = await check({ path: "a.layers", text }, { host });
    expect(diagnostics).toEqual([]);
    expect(models.length).toBeGreaterThan(0);
  },
);

/** What a snippet is when every place keeps what it holds, the same in all places of a number. */
function expand(snippet: string): string {
  const held = new Map<string, string>();
  const first = (_: string, number: string, preset: string, choice: string | undefined): string => {
    const text = choice === undefined ? preset : (choice.split(",")[0] ?? "");
    if (!held.has(number)) held.set(number, text);
    return held.get(number) as string;
  };
  return snippet.replaceAll(/\$\{(\d+)(?::([^}]*)|\|([^|]*)\|)\}/g, first).replaceAll(/\$\d+/g, "");
}
