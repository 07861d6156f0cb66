import { expose, transfer } from "comlink";
import type { Trainable } from "../model/built.ts";
import { importText } from "./import-text.ts";
import { LastTraining } from "./last-training.ts";
import type { Course, Frame, Pace } from "./training.ts";

/** What trains a model, in a worker. */
export interface TrainerWorker {
  /** Begins anew, and measures before the first step. */
  begin(trainable: Trainable, course: Course, pace: Pace): Promise<Frame>;
  /** Trains until there were so many steps, or as long as measuring took last time if that is longer than some milliseconds. */
  advance(most: {
    readonly steps: number;
    readonly milliseconds: number;
  }): Promise<Frame>;
  change(pace: Pace): Promise<void>;
  /** The weights as a safetensors file. */
  weights(): Promise<Uint8Array<ArrayBuffer>>;
}

const last = new LastTraining(importText);

const sent = (frame: Frame): Frame =>
  transfer(frame, [frame.sampleOutputs.buffer, frame.probeOutputs.buffer]);

const worker: TrainerWorker = {
  async begin(trainable, course, pace) {
    const training = await last.begin(trainable, course, pace);
    return sent(training.measure());
  },
  async advance({ steps, milliseconds }) {
    const training = await last.get();
    return sent(training.advance(steps, milliseconds));
  },
  async change(pace) {
    const training = await last.get();
    training.change(pace);
  },
  async weights() {
    const training = await last.get();
    return training.weights();
  },
};

export function serve(port: MessagePort): void {
  expose(worker, port);
}
