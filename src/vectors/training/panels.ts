import { indexConstant, indexVariable, type Index } from "../../ir/index-expression.ts";
import { isStatic, staticSize, type Size } from "../../ir/size.ts";
import type { NamedAxis } from "../../ops/axes.ts";
import type { VectorStatement } from "../vector-loops.ts";

/** A stride of elements that lie side by side. */
export function isNext(size: Size): boolean {
  return isStatic(size) && size.factor === 1;
}

/** A stride of one element that is read again. */
export function isSplat(size: Size): boolean {
  return size.factor === 0;
}

/** All columns along an axis of known size, `width` at a time, and those that are left. */
export function inPanels(
  { variable, size }: NamedAxis,
  width: number,
  panel: (first: Index, count: number) => readonly VectorStatement[],
): readonly VectorStatement[] {
  const columns = size.factor;
  const whole = columns - (columns % width);
  return [
    ...loopOf(variable, whole, width, (first) => panel(first, width)),
    ...(whole < columns ? panel(indexConstant(whole), columns - whole) : []),
  ];
}

/** A loop in steps of a known number; its body alone where there is one. */
function loopOf(
  variable: string,
  to: number,
  step: number,
  body: (at: Index) => readonly VectorStatement[],
): readonly VectorStatement[] {
  if (to === 0) return [];
  if (to === step) return body(indexConstant(0));
  return [{ kind: "for", variable, from: 0, to: staticSize(to), step, body: body(indexVariable(variable)) }];
}

/** Loops over axes, the first one outermost. */
export function overAxes(axes: readonly NamedAxis[], body: readonly VectorStatement[]): readonly VectorStatement[] {
  return axes.reduceRight<readonly VectorStatement[]>(
    (inner, { variable, size }) => [{ kind: "for", variable, from: 0, to: size, step: 1, body: inner }],
    body,
  );
}
