import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { fromTable } from "../../src/cli/arguments/option.ts";
import { commands } from "../../src/cli/commands/index.ts";
import { options } from "../../src/config/options/table.ts";
import { makeSandbox } from "./sandbox.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

describe("the registry", () => {
  test("every command has a name of its own", () => {
    const names = commands.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  test.each([...commands])("layerc $name --help has its description, its argument and all its options", async (one) => {
    const { exitCode, stdout } = await makeSandbox({}).run([one.name, "--help"]);
    const help = stdout.replaceAll(/\s+/g, " ");
    expect(exitCode).toBe(0);
    expect(help).toContain(one.description);
    expect(help).toContain(one.argument.kind === "one" ? one.argument.description : "Usage: layerc");
    for (const [name, option] of Object.entries(one.options)) {
      const flag = option === fromTable ? options[name as keyof typeof options].flag : option.flag;
      expect(help).toContain(`${flag} `);
      if (option !== fromTable) expect(help).toContain(option.description);
    }
  });
});

test("what only some commands need is not loaded before they run", () => {
  const loaded = staticallyLoaded("src/cli/main.ts");
  expect(loaded).toEqual(expect.arrayContaining(commands.map(({ name }) => `src/cli/commands/${name}.ts`)));
  const folders = new Set(loaded.map((name) => name.split("/")[1]));
  const heavy = ["syntax", "check", "layers", "lower", "format", "files", "cases", "importers", "exporters"];
  expect(heavy.filter((folder) => folders.has(folder))).toEqual([]);
  expect(loaded.filter((name) => name.startsWith("src/cli/watch/"))).toEqual([]);
  // Of the targets, what the table of options and the reports say of them.
  expect(loaded.filter((name) => /^src\/targets\/.*\//.test(name)).every((name) => name.endsWith("/index.ts"))).toBe(
    true,
  );
  // The test can fail: the library loads them all.
  const library = new Set(staticallyLoaded("src/index.ts").map((name) => name.split("/")[1]));
  expect(heavy.filter((folder) => !library.has(folder))).toEqual([]);
});

/** The modules that a module imports when it loads, and those that they import. */
function staticallyLoaded(entry: string): readonly string[] {
  const found = new Set([entry]);
  for (const name of found) {
    const text = readFileSync(root + name, "utf8");
    for (const [, names = "", target = ""] of text.matchAll(/^(?:import|export) ([^"';]*?) from "(\.[^"]+)";$/gm)) {
      const onlyTypes = names.startsWith("type ") || /^\{(?:\s*type [^,]+,?)+\s*\}$/.test(names);
      if (!onlyTypes) found.add(path.posix.join(path.posix.dirname(name), target));
    }
  }
  return [...found].toSorted();
}
