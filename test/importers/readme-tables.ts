import fs from "node:fs";

/** What src/importers says of what is read and what is refused, in tables. */
export const importersReadme = fs.readFileSync(new URL("../../src/importers/README.md", import.meta.url), "utf8");

/** The rows of the only table in a text, without its head, each as its cells. */
export function rowsIn(text: string): readonly (readonly string[])[] {
  const lines = text.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

/** What stands in backticks in a cell. */
export function codeIn(cell: string | undefined): readonly string[] {
  return [...(cell ?? "").matchAll(/`([^`]+)`/g)].map(([, text]) => text as string);
}
