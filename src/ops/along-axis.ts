import { addIndex, indexVariable, type Index } from "../ir/index-expression.ts";
import type { Statement } from "../ir/loops.ts";
import { elementCount, type Shape } from "../ir/shape.ts";
import { multiplySizes, type Size } from "../ir/size.ts";
import { rowVariable } from "./dense.ts";
import { loop } from "./loop-nest.ts";

/** How a row-major array is gone through along one axis. */
export interface AlongAxis {
  /** Of the axis. */
  readonly size: Size;
  /** Where the element lies at whose place of the axis a loop variable is. */
  readonly element: (variable: string) => Index;
  /** Loops over all places of the axes before and behind; `rows` is how many those before have. */
  readonly everywhere: (rows: Size, body: readonly Statement[]) => readonly Statement[];
}

export function alongAxis(shape: Shape, axis: number): AlongAxis {
  const size = shape[axis] as Size;
  const inner = elementCount(shape.slice(axis + 1));
  return {
    size,
    element: (variable) =>
      addIndex(
        addIndex(indexVariable(rowVariable, multiplySizes(size, inner)), indexVariable(variable, inner)),
        indexVariable("j"),
      ),
    everywhere: (rows, body) => loop(rowVariable, rows, loop("j", inner, body)),
  };
}
