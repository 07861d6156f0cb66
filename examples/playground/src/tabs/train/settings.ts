import type { Pace } from "../../workers/training.ts";

/** What is set in the tab. */
export interface Settings extends Pace {
  /** The id of a data set. */
  readonly dataSet: string;
  /** From 0 to 1. */
  readonly noise: number;
  readonly seed: number;
  readonly speed: Speed;
}

/** Epochs a second, or as many as there is time for. */
export type Speed = 5 | 60 | "most";
