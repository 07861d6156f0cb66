import { formatSize, isStatic, multiplySizes, one, sizesEqual, type Size } from "./size.ts";

/** The axes of a tensor without the batch axis, outermost first. Rank 0 is `[]`. */
export type Shape = readonly Size[];

export function shapesEqual(a: Shape, b: Shape): boolean {
  return a === b || (a.length === b.length && a.every((size, axis) => sizesEqual(size, b[axis] as Size)));
}

/** The number of elements. */
export function elementCount(shape: Shape): Size {
  return shape.reduce(multiplySizes, one);
}

/** The run-time dims a shape mentions, each once, in order of appearance. */
export function shapeDims(shape: Shape): readonly string[] {
  return [...new Set(shape.flatMap((size) => size.dims))];
}

export function isStaticShape(shape: Shape): boolean {
  return shape.every(isStatic);
}

/** `[time, 128]` */
export function formatShape(shape: Shape): string {
  return `[${shape.map(formatSize).join(", ")}]`;
}
