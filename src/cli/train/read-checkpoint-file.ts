import path from "node:path";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { failureOf } from "../../files/read-failure.ts";
import type { Checkpoint } from "../../fit/checkpoint/checkpoint.ts";
import { readCheckpoint } from "../../fit/checkpoint/read-checkpoint.ts";
import type { Environment } from "../../node/environment.ts";
import { describeFileError } from "../../node/file-error.ts";
import { maxOutputBytes } from "../../node/limits.ts";

export const checkpointUnusable = defineDiagnostic<{ path: string; reason: string }>(
  "checkpoint-unusable",
  "error",
  "There is no checkpoint from which a training could go on, or it can't be read.",
  ({ path, reason }) => ({
    message: `Can't go on from the checkpoint '${path}': ${reason}`,
    help: "leave --resume out to begin anew; --out names the weights beside which the checkpoint lies",
  }),
  () => ({
    meaning:
      "A training writes its checkpoint beside the weights, as iris.checkpoint.safetensors beside iris.safetensors, and goes on from there with --resume.",
    example: {
      kind: "command",
      text: "layerc train iris.layers --data iris.csv --resume",
      arguments: { path: "iris.checkpoint.safetensors", reason: "no such file" },
      mended: "layerc train iris.layers --data iris.csv",
    },
  }),
);

/** The checkpoint of a file, or why there is none. */
export function readCheckpointFile(
  place: string,
  { cwd, files }: Pick<Environment, "cwd" | "files">,
):
  | { readonly kind: "read"; readonly checkpoint: Checkpoint }
  | { readonly kind: "failed"; readonly diagnostic: Diagnostic } {
  const failed = (reason: string): { readonly kind: "failed"; readonly diagnostic: Diagnostic } => ({
    kind: "failed",
    diagnostic: checkpointUnusable(undefined, { path: place, reason }),
  });
  let content: Uint8Array;
  try {
    content = files.read(path.resolve(cwd, place), maxOutputBytes);
  } catch (error) {
    return failed(describeFileError(error));
  }
  try {
    return { kind: "read", checkpoint: readCheckpoint(content) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return failed(failure.message);
  }
}
