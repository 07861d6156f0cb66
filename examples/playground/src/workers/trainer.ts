import { expose, transfer } from "comlink";
import type { Trainable } from "../model/built.ts";
import { importText } from "./import-text.ts";
import {
  Training,
  type Course,
  type Frame,
  type Pace,
  type Trainer,
} from "./training.ts";

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

let training: Training | undefined;
let loaded:
  | {
      readonly text: string;
      readonly module: Readonly<Record<string, unknown>>;
    }
  | undefined;

function current(): Training {
  if (training === undefined) throw new Error("nothing is being trained");
  return training;
}

const sent = (frame: Frame): Frame =>
  transfer(frame, [frame.sampleOutputs.buffer, frame.probeOutputs.buffer]);

const worker: TrainerWorker = {
  async begin({ text, create }, course, pace) {
    training = undefined;
    // A module that was imported stays in memory.
    if (loaded?.text !== text)
      loaded = { text, module: await importText(text) };
    const { seed } = course;
    const { learningRate } = pace;
    const trainer = (loaded.module[create] as (options: unknown) => Trainer)({
      seed,
      ...(learningRate === undefined ? {} : { learningRate }),
    });
    training = new Training(trainer, course, pace);
    return sent(training.measure());
  },
  advance: async ({ steps, milliseconds }) =>
    sent(current().advance(steps, milliseconds)),
  change: async (pace) => current().change(pace),
  weights: async () => current().weights(),
};

export function serve(port: MessagePort): void {
  expose(worker, port);
}
