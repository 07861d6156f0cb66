import path from "node:path";
import { sourceEnding } from "../../model-formats/file-names.ts";
import type { FileSystem } from "../../node/file-system.ts";
import { displayPath } from "../../node/paths.ts";

/** Folders that are gone through for the model files of a folder that is open: an editor may have a whole disk open. */
const mostFolders = 5_000;

/** What lies in a folder, as `Project.list` gives it. */
export function listFolder(folder: string, files: FileSystem): readonly string[] {
  try {
    const shown = files.entries(folder).filter(({ name }) => !name.startsWith(".") && name !== "node_modules");
    return shown
      .map(({ name, kind }) => (isFolder(path.join(folder, name), kind, files) ? `${name}/` : name))
      .toSorted();
  } catch {
    return [];
  }
}

function isFolder(file: string, kind: string, files: FileSystem): boolean {
  return kind === "folder" || (kind === "link" && files.kind(file) === "folder");
}

/** The model files below folders, as `base` sees them, each once. */
export async function findModelFiles(
  folders: readonly string[],
  base: string,
  files: FileSystem,
): Promise<readonly string[]> {
  const { walkGlob } = await import("../../node/walk-glob.ts");
  const found = folders.flatMap((folder) =>
    walkGlob(folder, `**/*${sourceEnding}`, files, mostFolders).files.map((file) => path.join(folder, file)),
  );
  return [...new Set(found.map((file) => displayPath(base, file)))];
}
