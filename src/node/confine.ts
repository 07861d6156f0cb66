import path from "node:path";
import type { FileSystem } from "./file-system.ts";
import { FileRefusal } from "./read-regular.ts";

/**
 * A file system in which nothing outside of the project of a folder is read, whatever path leads there: what counts is where
 * a file lies when all links are followed. Everything that layerc reads for a model goes through `read` and `entries`.
 */
export function confineToProject(cwd: string, files: FileSystem): FileSystem {
  const root = files.realPath(projectOf(cwd, files));
  const inside = (file: string): string => {
    const real = files.realPath(file);
    const seen = path.relative(root, real);
    // On another drive of Windows there is no relative path.
    if (seen === ".." || seen.startsWith(`..${path.sep}`) || path.isAbsolute(seen)) {
      throw new FileRefusal(refusal, file);
    }
    return real;
  };
  return {
    ...files,
    read: (file, most) => files.read(inside(file), most),
    entries: (folder) => files.entries(inside(folder)),
  };
}

const refusal = "it lies outside of the project, and --sandbox-paths or sandboxPaths of the config keep reads inside";

/** The folder of the nearest package.json, the working folder or one above it; without any it is the working folder. */
function projectOf(cwd: string, files: FileSystem): string {
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    if (files.kind(path.join(folder, "package.json")) === "file") return folder;
    if (folder === path.dirname(folder)) return cwd;
  }
}
