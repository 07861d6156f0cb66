/**
 * By what `--target auto` chooses, beside what a call costs on each target: the `costs.ts` of each target has that. The choice is by
 * ratios of times; test/bench/README.md says how far off the times themselves are.
 */
export const costs = {
  /** A size that is known only at run time is taken for this. */
  dim: 16,
  /** A target other than the first is chosen where it is faster by this, and by more than it makes what is shipped larger. */
  worthwhile: 1.25,
  /** Bytes of a module and of each number of its weights, and what a target other than the first adds. */
  moduleBytes: 8000,
  weightBytes: 5,
  backendBytes: 10_000,
  /** Nanoseconds that another target takes to start: its code is decoded and compiled. */
  start: 3e6,
  /** Samples from which on it is worth waiting with that: the first ones of larger models take longer, before loops are optimised. */
  fewestWaiting: 500,
  /** A block of weights that is read where an index says, and the start of 8 units with blocks of their own, as blocks of a loop over all. */
  block: 1.6,
  panel: 3,
  /** Blocks are read by an index where that takes at most this part of the time. */
  worthwhileBlocks: 0.9,
  /** From here on a build that was not told which target to take says what it would gain. */
  worthMentioning: 2,
} as const;
