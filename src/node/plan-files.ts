import path from "node:path";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic.ts";
import { describeFileError } from "./file-error.ts";
import type { FileSystem } from "./file-system.ts";
import { maxOutputBytes } from "./limits.ts";

/** A file that is to be written. */
export interface PlacedFile {
  /** The file it comes from, as in `displayPath`. */
  readonly source: string;
  /** As in `displayPath`. */
  readonly path: string;
  readonly content: Uint8Array;
}

/** A file to be written, compared with what is on disk. */
export interface Output extends PlacedFile {
  readonly state: "missing" | "stale" | "current";
}

/** What lies in the place of a file; `blocked` is something that is no file. */
export type OnDisk =
  { readonly state: "missing" | "current" | "blocked" } | { readonly state: "stale"; readonly existing: Uint8Array };

export const outputCollision = defineDiagnostic<{ output: string; sources: readonly string[] }>(
  "output-collision",
  "error",
  "Two model files of one build would be written to the same output file.",
  ({ output, sources }) => ({
    message: `${sources.map((source) => `'${source}'`).join(" and ")} would both be written to '${output}'`,
    help: areOneFolder(sources)
      ? "build one of them: a module has the name of its file, and what an import writes that of the trained one"
      : "build them apart, or give one quoted glob ('models/**/*.layers') so that --out-dir keeps their folders",
  }),
  () => ({
    meaning:
      "An output is named after its model file. With --out-dir two files of the same name from different folders would become one.",
    example: {
      kind: "command",
      text: "layerc build a/net.layers b/net.layers --out-dir out",
      arguments: { output: "out/net.ts", sources: ["a/net.layers", "b/net.layers"] },
      mended: "layerc build '*/net.layers' --out-dir out",
    },
  }),
);

function areOneFolder(sources: readonly string[]): boolean {
  return new Set(sources.map((source) => path.dirname(source))).size === 1;
}

export const outputUnwritable = defineDiagnostic<{ output: string; reason: string }>(
  "output-unwritable",
  "error",
  "An output file or folder can't be written.",
  ({ output, reason }) => ({ message: `Can't write '${output}': ${reason}` }),
  () => ({
    meaning:
      "The system does not let the file be written, or something that is no file lies there. Nothing was changed: a build writes all its outputs or none.",
    example: {
      kind: "command",
      text: "layerc build digits.layers --out-dir /models",
      arguments: { output: "/models/digits.ts", reason: "permission denied" },
      mended: "layerc build digits.layers --out-dir models",
    },
  }),
);

/**
 * Says of every file whether writing it would change the disk. `refuse` says where that may not be, or a place can't hold a
 * file; places that can't be looked at are reported here.
 */
export function planFiles(
  placed: readonly PlacedFile[],
  { cwd, files }: { readonly cwd: string; readonly files: FileSystem },
  refuse: (file: PlacedFile, found: OnDisk) => Diagnostic | undefined,
): Checked<readonly Output[]> {
  const diagnostics: Diagnostic[] = [];
  const value: Output[] = [];
  for (const file of placed) {
    try {
      const found = compareWithDisk(path.resolve(cwd, file.path), file.content, files);
      const refusal = refuse(file, found);
      if (refusal !== undefined) diagnostics.push(refusal);
      else if (found.state === "blocked") diagnostics.push(blocked(file));
      else value.push({ ...file, state: found.state });
    } catch (error) {
      diagnostics.push(outputUnwritable(undefined, { output: file.path, reason: describeFileError(error) }));
    }
  }
  return { value, diagnostics };
}

/** Says which places several sources would be written to; `name` makes the name of an output of a place. */
export function findSharedPlaces(
  placed: readonly Pick<PlacedFile, "source" | "path">[],
  name: (path: string) => string = (same) => same,
): readonly Diagnostic[] {
  const sources = new Map<string, string[]>();
  for (const { path: place, source } of placed) sources.set(place, [...(sources.get(place) ?? []), source]);
  return [...sources]
    .filter(([, all]) => all.length > 1)
    .map(([place, all]) => outputCollision(undefined, { output: name(place), sources: [...new Set(all)] }));
}

function blocked({ path: output }: PlacedFile): Diagnostic {
  return outputUnwritable(undefined, { output, reason: "something that is not a file lies there" });
}

function compareWithDisk(file: string, content: Uint8Array, files: FileSystem): OnDisk {
  const kind = files.kind(file);
  if (kind === undefined) return { state: "missing" };
  if (kind !== "file") return { state: "blocked" };
  const existing = files.read(file, maxOutputBytes);
  return Buffer.compare(existing, content) === 0 ? { state: "current" } : { state: "stale", existing };
}
