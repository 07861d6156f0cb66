/**
 * What a call costs, in nanoseconds. The numbers were fitted to the measurements in `passes/README.md` (Node 24, x86-64), and
 * only ratios of them and of those of other targets count.
 */
export const costs = {
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
} as const;
