import type { Checkpoint } from "../../fit/checkpoint/checkpoint.ts";
import { markWeights } from "../../fit/checkpoint/mark-weights.ts";
import { writeCheckpoint } from "../../fit/checkpoint/write-checkpoint.ts";
import { plotCurves } from "../../fit/plot/plot-curves.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { commitFiles, type FileToWrite } from "../../node/commit-files.ts";
import type { Environment } from "../../node/environment.ts";
import type { TrainingPlaces } from "./training-places.ts";

/** What is written of a training. */
export interface Saved {
  readonly checkpoint: Checkpoint;
  /** Absent before there are any that are worth it. */
  readonly weights?: Uint8Array;
}

/** Writes what is to be kept of a training, all files or none, so that each is whole at any time. */
export interface CheckpointFiles {
  /** Milliseconds since the last time. */
  readonly age: number;
  write(saved: Saved): Promise<Diagnostic | undefined>;
}

export function createCheckpointFiles(
  model: string,
  places: TrainingPlaces,
  { cwd, files }: Pick<Environment, "cwd" | "files">,
  now: () => number,
): CheckpointFiles {
  let last = Number.NEGATIVE_INFINITY;
  return {
    get age() {
      return now() - last;
    },
    async write({ checkpoint, weights }) {
      const { history, best } = checkpoint.progress;
      const written: FileToWrite[] = [{ path: places.checkpoint, content: writeCheckpoint(checkpoint) }];
      if (weights !== undefined) written.unshift({ path: places.weights, content: markWeights(weights, model) });
      if (places.plot !== undefined && history.length > 0) {
        const kept = checkpoint.free["--keep"] === "best" ? best?.epoch : undefined;
        written.push({ path: places.plot, content: new TextEncoder().encode(plotCurves(history, model, kept)) });
      }
      const failure = await commitFiles(written, cwd, files);
      last = now();
      return failure;
    },
  };
}
