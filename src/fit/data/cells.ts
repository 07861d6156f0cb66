import type { JsonValue } from "../../json/parse-any-json.ts";

/** The content of a cell: a text of CSV, or what JSON has; undefined where a row has none. */
export type Cell = JsonValue | undefined;

/** How files say that something is not known. */
const missing = new Set(["", "na", "n/a", "nan", "null", "none", "?", "-"]);

/** Whether a cell says that there is no value. */
export function isMissing(cell: Cell): boolean {
  if (typeof cell === "string") return missing.has(cell.trim().toLowerCase());
  return cell === undefined || cell === null || Number.isNaN(cell);
}

/** The number of a cell, 1 and 0 for true and false; NaN where it is none that float32 has. */
export function numberOf(cell: Cell): number {
  const value = plainNumberOf(cell);
  if (!Number.isNaN(value)) return value;
  const truth = truthOf(cell);
  return truth === undefined ? Number.NaN : Number(truth);
}

/** The number of a cell that is one as it stands; NaN where it is none that float32 has. */
export function plainNumberOf(cell: Cell): number {
  if (typeof cell !== "number" && typeof cell !== "string") return Number.NaN;
  const value = Number(cell);
  // An empty text is 0 to JavaScript.
  if (value === 0 && typeof cell === "string" && cell.trim() === "") return Number.NaN;
  return isInRange(value) ? value : Number.NaN;
}

/** What a cell says that is true or false, in capitals or not; undefined for others. */
export function truthOf(cell: Cell): boolean | undefined {
  if (typeof cell !== "string") return typeof cell === "boolean" ? cell : undefined;
  const word = cell.trim().toLowerCase();
  return word === "true" ? true : word === "false" ? false : undefined;
}

/** Whether a number is finite, also as float32. */
function isInRange(value: number): boolean {
  return Number.isFinite(Math.fround(value));
}

/** What a cell holds, for messages: `the text 'abc'`. */
export function describeCell(cell: Cell): string {
  if (cell === undefined || cell === null || cell === "") return "no value";
  if (isMissing(cell)) return `no value ('${String(cell as string)}')`;
  if (typeof cell === "string" && Number.isNaN(Number(cell))) return `the text '${shortened(cell)}'`;
  if (typeof cell === "object") return Array.isArray(cell) ? "a list" : "an object";
  return isInRange(Number(cell)) ? shortened(String(cell)) : `${shortened(String(cell))}, which float32 can't hold`;
}

/** What may help where a text looks like a number of another country. */
export function numberHelp(cell: Cell): string | undefined {
  const isWritten = typeof cell === "string" && /^\s*[+-]?\d[\d .,'_]*\s*$/.test(cell);
  return isWritten && Number.isNaN(Number(cell))
    ? "numbers have a decimal point and no separators, as in 1234.5"
    : undefined;
}

function shortened(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 40)}…`;
}
