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

/** Samples and the file that they are of, with what its rows are counted from. */
export interface SamplesOfFile {
  readonly samples: Samples;
  readonly path: string;
  /** Rows of the file before them. */
  readonly before: number;
}

/** Which sample a trainer refuses, for what it threw; throws that again if it is none of them. */
export function reportRefused(
  error: unknown,
  trainer: Trainer,
  all: readonly SamplesOfFile[],
  dims: TrainerDims | undefined,
): Diagnostic {
  if (!(error instanceof RangeError)) throw error;
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
