export interface Costs {
  /** The call, its checks. */
  readonly call: number;
  /** A multiply-add with a literal, of straight-line code. */
  readonly straightLine: number;
  /** A multiply-add of tiled loops. */
  readonly tiled: number;
  /** A multiply-add of plain loops. */
  readonly loops: number;
  /** An element that is read, changed by a few operations, and written. */
  readonly element: number;
  /** A `Math` function of an element, such as exp or tanh. */
  readonly mathFunction: number;
}

/** What a call costs, in nanoseconds: fitted to the measurements in `passes/README.md` (Node 24, x86-64). */
export const costs: Costs = {
  call: 6,
  straightLine: 0.3,
  tiled: 0.45,
  loops: 1,
  element: 1.2,
  mathFunction: 11,
};
