import type { Progress } from "../loop/training.ts";
import type { Results, TrainerState } from "../loop/trainer.ts";

/** All that a run is to go on from. */
export interface Checkpoint {
  /** What the run depends on, by the words of messages; a run with other settings can't go on. */
  readonly fixed: Settings;
  /** What a run that goes on may change. */
  readonly free: Settings;
  readonly progress: Progress;
  readonly trainer: TrainerState;
  /** Loss and metrics before the first step. */
  readonly before: Results;
  /** Of the same weights, pruned at once, where a run prunes. */
  readonly atOnce?: Results;
}

/** By name: `--batch-size`, `the data`. */
export type Settings = Readonly<Record<string, string | number | boolean | null>>;
