export interface Costs {
  /** The call from JavaScript, its checks. */
  readonly call: number;
  /** A number that is copied into or out of linear memory. */
  readonly copied: number;
  /** A layer: its loops, its sums. */
  readonly layer: number;
  /** A softmax, or statistics: what depends on all elements waits for the last of them. */
  readonly reduction: number;
  /** A multiply-add, a quarter of a vector's. */
  readonly multiplyAdd: number;
  /** A multiply-add of a contraction that is no Dense. */
  readonly contraction: number;
  /** A multiply-add whose weight comes from beyond the caches of a core. */
  readonly streamed: number;
  readonly element: number;
  readonly mathFunction: number;
  /** Bytes of weights that stay in a core's caches from call to call. */
  readonly cachedBytes: number;
}

/**
 * What a call costs, in nanoseconds. The numbers were fitted to the measurements in `passes/README.md` (Node 24, x86-64), with
 * relaxed SIMD.
 */
export const costs: Costs = {
  call: 8,
  copied: 0.3,
  layer: 2,
  reduction: 20,
  multiplyAdd: 0.043,
  contraction: 0.15,
  streamed: 0.09,
  element: 0.3,
  mathFunction: 1.1,
  cachedBytes: 1.5e6,
};

/** The same where there is no relaxed SIMD: Node 20, whose calls and code are slower besides. */
export const plainCosts: Costs = {
  ...costs,
  call: 14,
  layer: 5,
  multiplyAdd: 0.08,
  contraction: 0.28,
  streamed: 0.1,
  mathFunction: 2.2,
};
