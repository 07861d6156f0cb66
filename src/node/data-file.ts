import path from "node:path";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { fail } from "../files/read-failure.ts";
import { nearestName } from "../load/nearest-file.ts";
import type { DataFile } from "../fit/data/data-file.ts";
import { describeFileError } from "./file-error.ts";
import type { FileSystem } from "./file-system.ts";
import { namesBeside } from "./node-host.ts";
import { displayPath } from "./paths.ts";

export const dataUnreadable = defineDiagnostic<{ file: string; reason: string; option: string; nearest?: string }>(
  "data-unreadable",
  "error",
  "A file of samples named on the command line can't be read.",
  ({ file, reason, option, nearest }) => ({
    message: `Can't read '${file}', given with ${option}: ${reason}`,
    ...(nearest === undefined ? {} : { help: `did you mean '${nearest}'?` }),
  }),
  () => ({
    meaning:
      "The file is not there, or the system does not let it be read. Its name is relative to the working folder.",
    example: {
      kind: "command",
      text: "layerc train iris.layers --data irs.csv",
      arguments: { file: "irs.csv", reason: "no such file", option: "--data", nearest: "iris.csv" },
      mended: "layerc train iris.layers --data iris.csv",
    },
  }),
);

/** The file of samples that an option names, or why there is none. */
export function openDataFile(
  written: string,
  option: string,
  { cwd, files }: { readonly cwd: string; readonly files: FileSystem },
): { readonly kind: "found"; readonly file: DataFile } | { readonly kind: "failed"; readonly diagnostic: Diagnostic } {
  const full = path.resolve(cwd, written);
  const failed = (reason: string, nearest?: string): { readonly kind: "failed"; readonly diagnostic: Diagnostic } => ({
    kind: "failed",
    diagnostic: dataUnreadable(undefined, {
      file: written,
      reason,
      option,
      ...(nearest === undefined ? {} : { nearest }),
    }),
  });
  try {
    // What can't be opened, or may not, is told before anything else is done with it.
    for (const _ of files.pieces(full)) break;
    const bytes = files.state(full)?.bytes ?? 0;
    return { kind: "found", file: { path: displayPath(cwd, full), bytes, read: () => pieces(full, files) } };
  } catch (error) {
    const reason = describeFileError(error);
    return failed(reason, reason === "no such file" ? nearestFileName(written, full, files) : undefined);
  }
}

function* pieces(full: string, files: FileSystem): Iterable<Uint8Array> {
  try {
    yield* files.pieces(full);
  } catch (error) {
    fail("unsupported", describeFileError(error));
  }
}

function nearestFileName(written: string, full: string, files: FileSystem): string | undefined {
  const found = nearestName(path.basename(full), namesBeside(full, files));
  return found === undefined ? undefined : written.slice(0, written.length - path.basename(full).length) + found.word;
}
