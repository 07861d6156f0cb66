import type { BuiltModel } from "../../model/built.ts";

/** What the inputs of a model are, as far as can be told from it. */
export interface InputKind {
  /** Values of one sample. */
  readonly length: number;
  /** Rows and columns, where the input may be an image. */
  readonly grid?: readonly [rows: number, columns: number];
  readonly from: number;
  readonly to: number;
  /** 1 for rows of an Embedding. */
  readonly step: number;
}

/** `dim` is what each axis counts as that is known only at run time. */
export function inputKind(
  { rows, summary: { inputShape } }: BuiltModel,
  dim: number,
): InputKind {
  const sizes = inputShape.map((size) => sizeOf(size, dim));
  const length = sizes.reduce((product, size) => product * size, 1);
  const grid = gridOf(sizes, length);
  const range = rangeOf(rows, grid !== undefined);
  return { length, ...(grid === undefined ? {} : { grid }), ...range };
}

/** A size that depends on a run-time dim is text: `time`, `2 * time`. */
function sizeOf(size: number | string, dim: number): number {
  if (typeof size === "number") return size;
  return size
    .split("*")
    .map((part) => part.trim())
    .map((part) => (/^\d+$/.test(part) ? Number(part) : dim))
    .reduce((product, part) => product * part, 1);
}

function gridOf(
  sizes: readonly number[],
  length: number,
): InputKind["grid"] | undefined {
  const image = sizes.at(-1) === 1 ? sizes.slice(0, -1) : sizes;
  if (image.length === 2) {
    const [rows, columns] = image as [number, number];
    return rows >= 8 && columns >= 8 && length <= 4096
      ? [rows, columns]
      : undefined;
  }
  const side = Math.sqrt(length);
  const isSquare = Number.isInteger(side) && side >= 8 && side <= 64;
  return image.length === 1 && isSquare ? [side, side] : undefined;
}

function rangeOf(
  rows: number | undefined,
  isGrid: boolean,
): Pick<InputKind, "from" | "to" | "step"> {
  if (rows !== undefined) return { from: 0, to: rows - 1, step: 1 };
  if (isGrid) return { from: 0, to: 1, step: 0.01 };
  return { from: -1, to: 1, step: 0.01 };
}
