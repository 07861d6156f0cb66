import path from "node:path";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { describeFileError } from "../../node/file-error.ts";
import type { FileSystem } from "../../node/file-system.ts";

export const outDirUnusable = defineDiagnostic<{ folder: string; reason: string }>(
  "out-dir-unusable",
  "error",
  "The folder given with --out-dir is something else, or can't be reached.",
  ({ folder, reason }) => ({ message: `--out-dir '${folder}' can't be used: ${reason}` }),
  () => ({
    meaning:
      "Outputs go into the folder of --out-dir, which is made if it is not there. Something that is no folder lies there, or the system does not let it be reached.",
    example: {
      kind: "command",
      text: "layerc build digits.layers --out-dir README.md",
      arguments: { folder: "README.md", reason: "it is a file, expected a folder" },
      mended: "layerc build digits.layers --out-dir src/models",
    },
  }),
);

/** The folder for outputs may be missing, it is made then; but it may not be a file. */
export function checkOutDir(outDir: string | undefined, cwd: string, files: FileSystem): readonly Diagnostic[] {
  if (outDir === undefined) return [];
  if (outDir === "") return [outDirUnusable(undefined, { folder: outDir, reason: "the name is empty" })];
  try {
    const kind = files.kind(path.resolve(cwd, outDir));
    if (kind === undefined && /\.[cm]?[jt]s$/.test(outDir)) {
      const reason = "it is the name of a module, expected a folder; a module is named after its source";
      return [outDirUnusable(undefined, { folder: outDir, reason })];
    }
    if (kind === undefined || kind === "folder") return [];
    return [outDirUnusable(undefined, { folder: outDir, reason: "it is a file, expected a folder" })];
  } catch (error) {
    return [outDirUnusable(undefined, { folder: outDir, reason: describeFileError(error) })];
  }
}
