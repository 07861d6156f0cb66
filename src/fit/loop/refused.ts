import { counted } from "../../diagnostics/counted.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Samples } from "../rows/samples.ts";
import { createFeed } from "./feed.ts";
import type { Trainer, TrainerDims } from "./trainer.ts";

export const trainRefused = defineDiagnostic<{ path: string; row: number; reason: string }>(
  "train-refused",
  "error",
  "A trainer refuses a sample.",
  ({ path, row, reason }) => ({ message: `Row ${row} of '${path}' can't be trained with: ${reason}` }),
  () => ({
    meaning:
      "The generated code throws for such inputs or targets, as it would in your program. An Embedding, for example, takes whole numbers from 0 to input_dim - 1. Rows count from 1, the header left out.",
    example: {
      kind: "situation",
      text: "A model begins with Embedding(10, 8), and a row of words.csv has the index 12.",
      arguments: {
        path: "words.csv",
        row: 7,
        reason: "Words: the input of 'embedding' holds 12, expected an index: a whole number from 0 to 9",
      },
      mended: "All rows have indices from 0 to 9.",
    },
  }),
);

export const trainBatchTooLarge = defineDiagnostic<{ batchSize: number; reason: string }>(
  "train-batch-too-large",
  "error",
  "A batch of a training needs more memory than there is.",
  ({ batchSize, reason }) => ({
    message: `A batch of ${counted(batchSize, "sample")} needs more memory than there is: ${reason}`,
    help: "a smaller --batch-size takes less",
  }),
  () => ({
    meaning:
      "A trainer keeps what the backward pass reads of each sample of a batch. WebAssembly has 4 GB at most, and so has an array.",
    example: {
      kind: "command",
      text: "layerc train net.layers --data net.csv --batch-size 1000000",
      arguments: { batchSize: 1_000_000, reason: "WebAssembly.Memory.grow(): Maximum memory size exceeded" },
      mended: "layerc train net.layers --data net.csv --batch-size 256",
    },
  }),
);

/** Samples and the file that they are of, with what its rows are counted from. */
export interface SamplesOfFile {
  readonly samples: Samples;
  readonly path: string;
  /** Rows of the file before them. */
  readonly before: number;
}

/** What a trainer was given when it threw. */
export interface Refused {
  /** As the model is called, with which the trainer's own messages begin. */
  readonly model: string;
  readonly all: readonly SamplesOfFile[];
  readonly batchSize: number;
  readonly dims?: TrainerDims | undefined;
}

/** Which sample a trainer refuses, for what it threw, or that a batch is too large; throws that again if it is neither. */
export function reportRefused(error: unknown, trainer: Trainer, { model, all, batchSize, dims }: Refused): Diagnostic {
  if (!(error instanceof RangeError)) throw error;
  // A runtime has no memory left: not one of the trainer's checks.
  if (!error.message.startsWith(`${model}: `))
    return trainBatchTooLarge(undefined, { batchSize, reason: error.message });
  for (const { samples, path, before } of all) {
    const feed = createFeed(samples, { batchSize: 1, ...(dims && { dims }) });
    for (let at = 0; at < samples.count; at++) {
      const reason = refusal(() => feed.observe(trainer, at));
      if (reason !== undefined) return trainRefused(undefined, { path, row: before + at + 1, reason });
    }
  }
  throw error;
}

function refusal(observe: () => void): string | undefined {
  try {
    observe();
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
