import path from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { describeFileError } from "../../node/file-error.ts";
import type { FileSystem } from "../../node/file-system.ts";
import { inputMissing } from "../../node/inputs.ts";
import { displayPath } from "../../node/paths.ts";

/** The files that a folder has in place of a model: that of TensorFlow.js, and that of an unzipped `.keras` file. */
const inFolder = ["model.json", "config.json"];

/** The file to import; of a folder, the one in it that says the model. */
export function findImport(
  file: string,
  cwd: string,
  files: FileSystem,
): { readonly path: string } | { readonly diagnostic: Diagnostic } {
  try {
    const full = path.resolve(cwd, file);
    const kind = files.kind(full);
    if (kind === undefined) return { diagnostic: inputMissing(undefined, { file, reason: "no such file" }) };
    if (kind !== "folder") return { path: displayPath(cwd, full) };
    const inside = inFolder.map((name) => path.join(full, name)).find((name) => files.kind(name) === "file");
    if (inside !== undefined) return { path: displayPath(cwd, inside) };
    const reason =
      files.kind(path.join(full, "saved_model.pb")) === "file"
        ? "it is a SavedModel of TensorFlow; load it in Keras and save the model as one file: model.save('model.keras')"
        : "it is a folder without a model.json or config.json";
    return { diagnostic: inputMissing(undefined, { file, reason }) };
  } catch (error) {
    return { diagnostic: inputMissing(undefined, { file, reason: describeFileError(error) }) };
  }
}
