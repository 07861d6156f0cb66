import type { Epoch, Results } from "./read-log.ts";

/** What each epoch of a training gave; nothing of those that this panel has not seen. */
export class TrainingHistory {
  #epochs: Results[] = [];

  get epochs(): readonly Results[] {
    return this.#epochs;
  }

  /** A training begins anew, or goes on with what there is. */
  begin(goesOn: boolean): void {
    if (!goesOn) this.#epochs = [];
  }

  add({ epoch, results }: Epoch): void {
    // A run that goes on may do so from an earlier epoch than the last: it does those behind it again.
    this.#epochs.length = Math.min(this.#epochs.length, epoch - 1);
    while (this.#epochs.length < epoch - 1) this.#epochs.push({});
    this.#epochs.push(results);
  }
}
