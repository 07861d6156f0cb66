import { load, type DataBuffer, type Statement, type Value } from "../ir/loops.ts";
import type { AlongAxis } from "./along-axis.ts";
import { local, minus, number, over, plus, select, times } from "./values.ts";
import { loop } from "./loop-nest.ts";

/**
 * Sparsemax as Keras 3 computes it: `max(x - tau, 0)`. Sorted from the largest down, the first `n` elements form the
 * support, those with `1 + r * x_r > c_r`, where `c_r` is the sum of the first `r`. Martins & Astudillo (2016) have
 * `tau = (c_n - 1) / n`; Keras takes the sum of all `c_r` of the support in place of `c_n`, so that its outputs need not add
 * up to 1, and so does this.
 *
 * Nothing is sorted: an element has `above` larger ones with the sum `sumAbove`, and is in the support if
 * `1 + above * x > sumAbove`. Of `t` equal elements the sums are `sumAbove + x`, ..., `sumAbove + t * x`, on average
 * `sumAbove + x * (t + 1) / 2`.
 */
export interface SparsemaxSupport {
  /** The element at `i` of the axis. */
  readonly element: Value;
  /** Statements behind which the local `support` is `n`, and `tau` that. */
  readonly threshold: readonly Statement[];
  /** Statements behind which the locals `above`, `sumAbove` and `notBelow` are those of the element at `i`. */
  readonly ranking: readonly Statement[];
  /** How many elements are equal to it, with itself. */
  readonly equal: Value;
  /** A value where the element is in the support, and 0 elsewhere. */
  readonly inSupport: (then: Value) => Value;
}

export function sparsemaxSupport(input: DataBuffer, { size, element: at }: AlongAxis): SparsemaxSupport {
  const element = load(input, at("i"));
  const other = load(input, at("k"));
  const counted = (comparison: "gt" | "ge", value: Value): Value =>
    select(other, comparison, element, value, number(0));
  const inSupport = (then: Value): Value =>
    select(plus(number(1), times(local("above"), element)), "gt", local("sumAbove"), then, number(0));
  const equal = minus(local("notBelow"), local("above"));
  const cumulative = plus(local("sumAbove"), times(element, over(plus(equal, number(1)), number(2))));
  const ranking: readonly Statement[] = [
    start("sumAbove"),
    start("above"),
    start("notBelow"),
    ...loop("k", size, [
      { kind: "add", name: "sumAbove", value: counted("gt", other) },
      { kind: "add", name: "above", value: counted("gt", number(1)) },
      { kind: "add", name: "notBelow", value: counted("ge", number(1)) },
    ]),
  ];
  const threshold: readonly Statement[] = [
    start("total"),
    start("support"),
    ...loop("i", size, [
      ...ranking,
      { kind: "add", name: "total", value: inSupport(cumulative) },
      { kind: "add", name: "support", value: inSupport(number(1)) },
    ]),
    { kind: "let", name: "tau", value: over(minus(local("total"), number(1)), local("support")) },
  ];
  return { element, threshold, ranking, equal, inSupport };
}

/** A sum before anything has been added to it. */
export function start(name: string): Statement {
  return { kind: "var", name, value: number(0) };
}
