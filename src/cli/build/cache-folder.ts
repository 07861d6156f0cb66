import path from "node:path";
import type { FileSystem } from "../../node/file-system.ts";

/**
 * Where results are kept from run to run: the folder of `--cache-dir`, or `node_modules/.cache/layerc` of the project that
 * the working folder belongs to, as other tools do it. Undefined where there is no such project.
 */
export function cacheFolder(chosen: string | undefined, cwd: string, files: FileSystem): string | undefined {
  if (chosen !== undefined) return path.resolve(cwd, chosen);
  try {
    for (let folder = cwd; ; folder = path.dirname(folder)) {
      const modules = path.join(folder, "node_modules");
      if (files.kind(path.join(folder, "package.json")) === "file" && files.kind(modules) === "folder") {
        return path.join(modules, ".cache", "layerc");
      }
      if (folder === path.dirname(folder)) return undefined;
    }
  } catch {
    // A folder that may not be searched has no place for a cache either.
    return undefined;
  }
}
