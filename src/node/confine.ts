import path from "node:path";
import type { FileSystem } from "./file-system.ts";
import { isInside } from "./paths.ts";
import { FileRefusal } from "./read-regular.ts";

/**
 * A file system in which nothing outside of the project of a folder is read, whatever path leads there: what counts is where
 * a file lies when all links are followed. Everything that layerc reads for a model goes through `read`, `pieces` and `entries`. The
 * project ends at the folder `within`, where one is given.
 */
export function confineToProject(cwd: string, files: FileSystem, within?: string): FileSystem {
  const named = projectOf(cwd, files, within);
  const root = files.realPath(named);
  const inside = (file: string): string => {
    // A path that leads elsewhere is not even looked at: in some, such as a share of Windows, that is a message to somebody.
    if (!isInside(path.resolve(file), named) && !isInside(path.resolve(file), root))
      throw new FileRefusal(refusal, file);
    const real = files.realPath(file);
    if (!isInside(real, root)) throw new FileRefusal(refusal, file);
    return real;
  };
  return {
    ...files,
    read: (file, most) => files.read(inside(file), most),
    pieces: (file) => files.pieces(inside(file)),
    entries: (folder) => files.entries(inside(folder)),
  };
}

const refusal = "it lies outside of the project, and --sandbox-paths or sandboxPaths of the config keep reads inside";

/** The folder of the nearest package.json, the working folder or one above it; without any it is the working folder. */
function projectOf(cwd: string, files: FileSystem, within: string | undefined): string {
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    if (files.kind(path.join(folder, "package.json")) === "file") return folder;
    if (folder === within || folder === path.dirname(folder)) return path.resolve(cwd);
  }
}
