import { messageOf } from "../server/problem.ts";
import type { RunEnd, TrainingRun } from "./training-run.ts";

/** Room for one run, which is taken from when the run is asked for, before what it waits for is there. */
export class OneRun {
  #ended: Promise<RunEnd> | undefined;
  #run: TrainingRun | undefined;
  #isStopped = false;

  get isTaken(): boolean {
    return this.#ended !== undefined;
  }

  /** Starts a run once it can be started, and waits for its end. One that was stopped meanwhile is not started. */
  async through(ready: Promise<unknown>, start: () => TrainingRun): Promise<RunEnd> {
    this.#isStopped = false;
    this.#ended = this.#startAfter(ready, start);
    const end = await this.#ended;
    this.#ended = undefined;
    this.#run = undefined;
    return end;
  }

  /** Asks for the end of what runs, or is about to, and waits for it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#run?.stop();
    await this.#ended;
  }

  async #startAfter(ready: Promise<unknown>, start: () => TrainingRun): Promise<RunEnd> {
    try {
      await ready;
      if (this.#isStopped) return { kind: "stopped" };
      this.#run = start();
    } catch (error) {
      return { kind: "failed", printed: messageOf(error) };
    }
    return this.#run.ended;
  }
}
