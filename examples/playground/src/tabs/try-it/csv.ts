import { short } from "../../page/format.ts";

/** A row of numbers, or what is wrong with it. */
export type Row =
  | { readonly ok: true; readonly values: Float32Array }
  | { readonly ok: false; readonly problem: string };

/** Reads one row of CSV: separated by commas, semicolons, tabs or blanks. */
export function readRow(text: string, length: number): Row {
  const cells = text
    .trim()
    .replace(/^\[|\]$/g, "")
    .split(/\s*[,;\t]\s*|\s+/)
    .filter((cell) => cell !== "");
  const wrong = cells.find((cell) => Number.isNaN(Number(cell)));
  if (wrong !== undefined)
    return { ok: false, problem: `“${wrong}” is no number.` };
  if (cells.length !== length)
    return {
      ok: false,
      problem: `The row has ${cells.length} values, the model takes ${length}.`,
    };
  return { ok: true, values: Float32Array.from(cells, Number) };
}

export function writeRow(values: Float32Array): string {
  return Array.from(values, short).join(", ");
}
