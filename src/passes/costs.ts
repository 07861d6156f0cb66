/**
 * What a call costs, in nanoseconds, on each target: the one place of the numbers by which `--target auto` chooses. They were
 * fitted to the measurements in `passes/README.md` (Node 24, x86-64), and only ratios of them count.
 */
export const costs = {
  typescript: {
    /** The call, its checks. */
    call: 6,
    /** A multiply-add with a literal, of straight-line code. */
    straightLine: 0.3,
    /** A multiply-add of tiled loops. */
    tiled: 0.45,
    /** A multiply-add of plain loops. */
    loops: 1,
    /** An element that is read, changed by a few operations, and written. */
    element: 1.2,
    /** A `Math` function of an element, such as exp or tanh. */
    mathFunction: 11,
  },
  wasm: {
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
  },
  /** Bytes of weights that stay in a core's caches from call to call. */
  cachedBytes: 1.5e6,
  /** A size that is known only at run time is taken for this. */
  dim: 16,
  /** WebAssembly is some 5 kB of module; it is chosen where it is faster by this. */
  worthwhile: 1.25,
  /** From here on a build that was not told which target to take says what it would gain. */
  worthMentioning: 2,
} as const;
