import { textWidth, visibleText } from "../../diagnostics/visible-text.ts";

/** Rows of cells in columns, two spaces in front and between; columns of numbers are aligned to the right. */
export function alignedTable(rows: readonly (readonly string[])[], numeric: ReadonlySet<number>): string {
  const visible = rows.map((row) => row.map(visibleText));
  const columns = Math.max(...visible.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...visible.map((row) => textWidth(row[column] ?? ""))),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const space = " ".repeat((widths[column] as number) - textWidth(cell));
        return numeric.has(column) ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd();
  return visible.map((row) => `  ${line(row)}\n`).join("");
}
