import { product } from "../ir/product.ts";

/** How far computed values are from expected ones. */
export interface Comparison {
  /** The largest `|a - b|`. */
  readonly maxAbsolute: number;
  /** The largest `|a - b| / |b|` of all values whose expected value `b` is not 0. */
  readonly maxRelative: number;
  /** The largest `|a - b| / max(1, |b|)`: what a tolerance is compared with. */
  readonly maxError: number;
  /** The value with the largest error; absent where all agree exactly. */
  readonly worst?: WorstValue;
}

export interface WorstValue {
  /** Counted from 0. */
  readonly sample: number;
  /** Its place in the sample, an index per axis. */
  readonly index: readonly number[];
  readonly computed: number;
  readonly expected: number;
}

/**
 * Compares samples of `shape`, row-major. NaN and infinities agree with themselves only; an expected value beyond
 * float32 agrees with the infinity it rounds to. Any other difference from them is infinite.
 */
export function compare(computed: Float32Array, expected: Float64Array, shape: readonly number[]): Comparison {
  let maxAbsolute = 0;
  let maxRelative = 0;
  let maxError = 0;
  let worstAt = -1;
  expected.forEach((b, at) => {
    const a = computed[at] as number;
    const absolute = difference(a, b);
    const magnitude = Math.abs(b);
    const finite = Number.isFinite(absolute);
    const error = finite ? absolute / Math.max(1, magnitude) : absolute;
    maxAbsolute = Math.max(maxAbsolute, absolute);
    if (absolute > 0 && b !== 0) maxRelative = Math.max(maxRelative, finite ? absolute / magnitude : absolute);
    if (error > maxError) {
      maxError = error;
      worstAt = at;
    }
  });
  if (worstAt < 0) return { maxAbsolute, maxRelative, maxError };
  const size = product(shape);
  return {
    maxAbsolute,
    maxRelative,
    maxError,
    worst: {
      sample: Math.floor(worstAt / size),
      index: unravel(worstAt % size, shape),
      computed: computed[worstAt] as number,
      expected: expected[worstAt] as number,
    },
  };
}

function difference(a: number, b: number): number {
  if (a === b || Object.is(a, b)) return 0;
  if (!Number.isFinite(a) && Object.is(a, Math.fround(b))) return 0;
  const absolute = Math.abs(a - b);
  return Number.isNaN(absolute) ? Number.POSITIVE_INFINITY : absolute;
}

/** The index per axis of a flat index. */
function unravel(flat: number, shape: readonly number[]): readonly number[] {
  const index: number[] = [];
  let rest = flat;
  for (const size of [...shape].reverse()) {
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return index;
}
