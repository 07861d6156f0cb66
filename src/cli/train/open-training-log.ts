import path from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Results } from "../../fit/loop/trainer.ts";
import { commitFiles } from "../../node/commit-files.ts";
import type { Environment } from "../../node/environment.ts";
import { describeFileError } from "../../node/file-error.ts";
import { maxOutputBytes } from "../../node/limits.ts";
import { outputUnwritable } from "../../node/plan-files.ts";
import { logLine, logUntil } from "./training-log.ts";

/** The file of `--log`. */
export interface TrainingLog {
  add(epoch: number, results: Results, seconds: number): void;
  /** What kept it from being written, if anything did; training goes on without it. */
  readonly failure: Diagnostic | undefined;
}

/** Begins a log, or goes on with one behind its epoch `epoch`. */
export async function openTrainingLog(
  place: string | undefined,
  epoch: number,
  { cwd, files }: Pick<Environment, "cwd" | "files">,
): Promise<TrainingLog> {
  if (place === undefined) return { add: () => undefined, failure: undefined };
  const full = path.resolve(cwd, place);
  const encoder = new TextEncoder();
  const wrong = (error: unknown): Diagnostic =>
    outputUnwritable(undefined, { output: place, reason: describeFileError(error) });
  let failure: Diagnostic | undefined;
  try {
    const isThere = epoch > 0 && files.kind(full) === "file";
    const content = isThere ? logUntil(files.read(full, maxOutputBytes), epoch) : "";
    failure = await commitFiles([{ path: place, content: encoder.encode(content) }], cwd, files);
  } catch (error) {
    failure = wrong(error);
  }
  return {
    add(at, results, seconds) {
      if (failure !== undefined) return;
      try {
        files.append(full, encoder.encode(logLine(at, results, seconds)));
      } catch (error) {
        failure = wrong(error);
      }
    },
    get failure() {
      return failure;
    },
  };
}
