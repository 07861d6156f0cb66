/**
 * What a call costs, in nanoseconds. The numbers were fitted to the measurements in `passes/README.md` (Node 24, x86-64), and
 * only ratios of them and of those of other targets count.
 */
export const costs = {
  /** The call from JavaScript, its checks. */
  call: 8,
  /** A number that is copied into or out of linear memory. */
  copied: 0.3,
  /** A layer: its loops, its sums. */
  layer: 2,
  /** A softmax, or statistics: what depends on all elements waits for the last of them. */
  reduction: 20,
  /** A multiply-add, a quarter of a vector's. */
  multiplyAdd: 0.043,
  /** A multiply-add of a contraction that is no Dense. */
  contraction: 0.15,
  /** A multiply-add whose weight comes from beyond the caches of a core. */
  streamed: 0.09,
  element: 0.3,
  mathFunction: 1.1,
  /** Bytes of weights that stay in a core's caches from call to call. */
  cachedBytes: 1.5e6,
} as const;
