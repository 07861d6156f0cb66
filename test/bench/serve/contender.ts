import type { Workload } from "../workload-files.ts";

/** One way to compute a network, which `serve` runs in a process of its own. */
export interface Contender {
  /** Loads a network. Throws when this contender can't run it, with a message for a person. */
  prepare(workload: Workload): Promise<Runner>;
}

/** A loaded network. */
export interface Runner {
  /**
   * Computes call `at` of the workload's inputs, `batch` samples at once: `[batch, outputs]`, or what one step of training
   * gives. The next call may overwrite the result.
   */
  call(at: number): ArrayLike<number> | Promise<ArrayLike<number>>;
  /** Which of several ways was taken, such as `wasm-relaxed-simd`. */
  readonly note?: string;
}
