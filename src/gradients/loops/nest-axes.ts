import type { NestOperation } from "../../ir/step-graph.ts";
import type { Size } from "../../ir/size.ts";
import { joinAxesByKind, type NamedAxis } from "../../ops/axes.ts";

/** The loops of a nest, outermost first: those over the elements that it writes, then those that it sums over. */
export interface NestAxes {
  readonly kept: readonly NamedAxis[];
  readonly reduced: readonly NamedAxis[];
}

/**
 * The loops in the order of what is written, so that it is written from front to back; neighbours that lie one behind the
 * other in every value are one loop. Strides of an axis are those of the operands, then those of the results.
 */
export function nestLoopAxes({ axes, operands, results, reduction }: NestOperation): NestAxes {
  const all = axes.map((size, axis) => ({
    size,
    strides: [...operands, ...results].map(({ strides }) => strides[axis] as Size),
    of: reduction?.along[axis] === true ? ("reduced" as const) : ("kept" as const),
  }));
  const byStride =
    (array: number) =>
    (a: { readonly strides: readonly Size[] }, b: { readonly strides: readonly Size[] }): number =>
      distance(b.strides[array]) - distance(a.strides[array]);
  const kept = all.filter(({ of }) => of === "kept").toSorted(byStride(operands.length));
  const reduced = all.filter(({ of }) => of === "reduced").toSorted(byStride(0));
  const joined = joinAxesByKind([...kept, ...reduced]);
  const named = joined.map((axis, at): NamedAxis & { readonly of: "kept" | "reduced" } => ({
    ...axis,
    variable: `i${at}`,
  }));
  return {
    kept: named.filter(({ of }) => of === "kept"),
    reduced: named.filter(({ of }) => of === "reduced"),
  };
}

/** Sizes in an order: those with more run-time dims are larger. */
function distance(size: Size | undefined): number {
  return size === undefined || size.factor === 0 ? 0 : size.factor * 2 ** (20 * size.dims.length);
}
