import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { withSection } from "../../grammar/generated-files.ts";
import type { OptionDefinition } from "../../src/config/options/definition.ts";
import { options } from "../../src/config/options/table.ts";

const page = fileURLToPath(new URL("../../src/config/README.md", import.meta.url));

// `npm run generate` writes the table into the page.
test("the page about the config shows the table of options as it is", async () => {
  const rows = Object.entries<OptionDefinition>(options).map(row);
  const content = ["| option | values | command line | config | plugins |", "| --- | --- | --- | --- | --- |", ...rows];
  const section = { name: "options", content: content.join("\n") };
  await expect(withSection(readFileSync(page, "utf8"), section)).toMatchFileSnapshot(page);
});

function row([name, { values, flag, commands, config, plugin }]: [string, OptionDefinition]): string {
  const shown = values === "switch" ? `--[no-]${flag.slice(2)}` : flag.split(" ", 1)[0];
  const flags = Object.keys(commands).map((command) => `${command} ${shown}`);
  const places = { file: "for each file", project: "for all files" };
  const taken = plugin === "same" ? "the same" : plugin === false ? "" : code(plugin);
  const cells = [
    code([name]),
    values === "path" ? "a path" : code(values === "switch" ? [false, true] : values),
    code(flags),
    config ? places[config] : "",
    taken,
  ];
  return `| ${cells.join(" | ")} |`.replaceAll("  ", " ");
}

function code(words: readonly unknown[]): string {
  return words.map((word) => `\`${String(word)}\``).join(", ");
}
