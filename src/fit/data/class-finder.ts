import { plainNumberOf, truthOf, type Cell } from "./cells.ts";

/** Answers the number of the class that a cell names; NaN where it names none. */
export type ClassFinder = (cell: Cell) => number;

/** Finds classes by their labels or as numbers, which count from 0. */
export function classFinder(labels: readonly string[], classes: number): ClassFinder {
  const numbers = new Map(labels.map((label, at) => [label, at]));
  // Programs write true and false with capitals or without, and JSON as no text at all.
  const truths = new Map(labels.map((label, at) => [truthOf(label), at]));
  // Where labels are numbers themselves, as those of digits, others are none.
  const areNumbers = labels.some((label) => !Number.isNaN(plainNumberOf(label)));
  return (cell) => {
    const known = typeof cell === "string" ? (numbers.get(cell) ?? numbers.get(cell.trim())) : undefined;
    if (known !== undefined) return known;
    const truth = truthOf(cell);
    if (truth !== undefined) return truths.get(truth) ?? Number.NaN;
    const value = plainNumberOf(cell);
    if (Number.isNaN(value)) return value;
    if (areNumbers) return numbers.get(String(value)) ?? Number.NaN;
    return Number.isInteger(value) && value >= 0 && value < classes ? value : Number.NaN;
  };
}
