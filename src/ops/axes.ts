import { addIndex, indexConstant, indexVariable, type Index } from "../ir/index-expression.ts";
import type { Statement } from "../ir/loops.ts";
import type { Shape } from "../ir/shape.ts";
import { isStatic, multiplySizes, one, sizesEqual, staticSize, type Size } from "../ir/size.ts";
import { rowVariable } from "./dense.ts";
import { loop } from "./loop-nest.ts";

/** An axis to loop over: its extent, and how far one step moves in each of the arrays that it indexes. */
export interface LoopAxis {
  readonly size: Size;
  readonly strides: readonly Size[];
}

/** An axis with its loop variable. */
export interface NamedAxis extends LoopAxis {
  readonly variable: string;
}

const zero = staticSize(0);

/** How far a step along each axis moves in an array that holds the shape row by row. */
export function rowMajorStrides(shape: Shape): readonly Size[] {
  const strides: Size[] = [];
  let stride = one;
  for (const size of [...shape].reverse()) {
    strides.unshift(stride);
    stride = multiplySizes(stride, size);
  }
  return strides;
}

/** Drops axes of one element, and joins neighbours that one variable can walk through in every array. */
export function joinAxes(axes: readonly LoopAxis[]): readonly LoopAxis[] {
  const joined: LoopAxis[] = [];
  for (const axis of axes) {
    if (isStatic(axis.size) && axis.size.factor === 1) continue;
    const outer = joined.at(-1);
    const continues = outer?.strides.every((stride, array) => {
      const inner = axis.strides[array] ?? zero;
      return sameDistance(stride, multiplySizes(inner, axis.size));
    });
    if (outer === undefined || continues !== true) joined.push(axis);
    else joined[joined.length - 1] = { ...axis, size: multiplySizes(outer.size, axis.size) };
  }
  return joined;
}

/** Joins only neighbours of one kind: the axes that are reduced, say, stay apart from those that are kept. */
export function joinAxesByKind<Kind>(
  axes: readonly (LoopAxis & { readonly of: Kind })[],
): readonly (LoopAxis & { readonly of: Kind })[] {
  const groups: (LoopAxis & { readonly of: Kind })[][] = [];
  for (const axis of axes) {
    if (isStatic(axis.size) && axis.size.factor === 1) continue;
    const last = groups.at(-1);
    if (last !== undefined && last[0]?.of === axis.of) last.push(axis);
    else groups.push([axis]);
  }
  return groups.flatMap((group) => joinAxes(group).map((axis) => ({ ...axis, of: (group[0] as { of: Kind }).of })));
}

const letters = ["i", "j", "k"];

/** Loop variables: `i`, `j`, `k`, `i3`, ...; with `rows` the first one is `row`, whose loop the unrolling pass keeps. */
export function nameAxes<Axis extends LoopAxis>(axes: readonly Axis[], rows = false): readonly (Axis & NamedAxis)[] {
  return axes.map((axis, at) => {
    const position = rows ? at - 1 : at;
    return { ...axis, variable: position < 0 ? rowVariable : (letters[position] ?? `i${position}`) };
  });
}

/** The position in one of the arrays. */
export function axesIndex(axes: readonly NamedAxis[], array: number, start = 0): Index {
  return axes.reduce((index, { variable, strides }) => {
    const stride = strides[array] ?? zero;
    return stride.factor === 0 ? index : addIndex(index, indexVariable(variable, stride));
  }, indexConstant(start));
}

/** The loops over the axes, the first one outermost. */
export function axesLoops(axes: readonly NamedAxis[], body: readonly Statement[]): readonly Statement[] {
  return axes.reduceRight<readonly Statement[]>((inner, { variable, size }) => loop(variable, size, inner), body);
}

function sameDistance(a: Size, b: Size): boolean {
  return (a.factor === 0 && b.factor === 0) || sizesEqual(a, b);
}
