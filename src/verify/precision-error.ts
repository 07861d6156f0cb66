import type { Operation } from "../ir/graph.ts";
import { isStatic } from "../ir/size.ts";
import type { PrecisionError } from "../report/precision-report.ts";
import { compare } from "./compare.ts";

/** Compares outputs, `rounded` to `exact`; `classCount` as `classCountOf` gives it. */
export function precisionError(
  rounded: Float32Array,
  exact: Float32Array,
  classCount: number | undefined,
): PrecisionError {
  const { maxError } = compare(rounded, Float64Array.from(exact), [exact.length]);
  let squares = 0;
  let total = 0;
  exact.forEach((b, at) => {
    const a = rounded[at] as number;
    if (!Object.is(a, b)) squares += (a - b) ** 2;
    total += b * b;
  });
  // Also where NaN or an infinity comes of only one of them.
  const ratio = Number.isFinite(maxError) ? squares / total : Infinity;
  const relativeRms = maxError === 0 ? 0 : Math.sqrt(Number.isNaN(ratio) ? Infinity : ratio);
  if (classCount === undefined) return { relativeRms, maxError };
  let changed = 0;
  for (let start = 0; start < exact.length; start += classCount) {
    const end = start + classCount;
    if (mostLikely(rounded.subarray(start, end)) !== mostLikely(exact.subarray(start, end))) changed++;
  }
  return { relativeRms, maxError, classes: { changed, of: exact.length / classCount } };
}

/** The number of classes of a model that ends in a softmax along its last axis; undefined for any other. */
export function classCountOf(operations: readonly Operation[]): number | undefined {
  const last = operations.at(-1);
  if (last?.kind !== "softmax" || last.axis !== last.output.shape.length - 1) return undefined;
  const size = last.output.shape.at(-1);
  return size !== undefined && isStatic(size) && size.factor > 0 ? size.factor : undefined;
}

function mostLikely(probabilities: Float32Array): number {
  return probabilities.reduce((best, value, at) => (value > (probabilities[best] as number) ? at : best), 0);
}
