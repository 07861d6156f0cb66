import { counted } from "../../diagnostics/counted.ts";
import { product } from "../../ir/product.ts";
import type { CellReader } from "./cell-reader.ts";
import type { Cell } from "./cells.ts";

/** What is wrong with a value that is to be lists of numbers, and where in it. */
export type FlattenFault =
  | { readonly kind: "shape"; readonly path: readonly number[]; readonly message: string }
  | { readonly kind: "cell"; readonly path: readonly number[]; readonly cell: Cell };

/**
 * Puts the numbers of nested lists of a shape into an array, row-major. A single value is a list of one. Answers the first
 * thing that is wrong.
 */
export function flatten(
  value: Cell,
  shape: readonly number[],
  reader: CellReader,
  into: Float32Array,
  offset: number,
): FlattenFault | undefined {
  const path: number[] = [];
  let at = offset;
  const visit = (item: Cell): FlattenFault | undefined => {
    if (path.length === shape.length) {
      const number = reader.read(item);
      into[at++] = number;
      return Number.isNaN(number) ? { kind: "cell", path: [...path], cell: item } : undefined;
    }
    const size = shape[path.length] as number;
    const list = Array.isArray(item) ? (item as readonly Cell[]) : undefined;
    if (list?.length !== size) {
      const found = list === undefined ? "is no list" : `has ${counted(list.length, "item")}`;
      return { kind: "shape", path: [...path], message: `${found}, expected ${size}` };
    }
    for (let index = 0; index < size; index++) {
      path.push(index);
      const fault = visit(list[index]);
      if (fault !== undefined) return fault;
      path.pop();
    }
    return undefined;
  };
  if (Array.isArray(value) || product(shape) !== 1) return visit(value);
  path.push(...shape.map(() => 0));
  return visit(value);
}
