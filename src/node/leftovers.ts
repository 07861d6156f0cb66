import path from "node:path";
import type { FileSystem } from "./file-system.ts";
import { attempt } from "./replace-files.ts";
import { isRunning, temporaryOwner } from "./temporary-name.ts";

/** Nothing takes so long to put files into place, milliseconds. */
const longest = 3_600_000;

/**
 * Removes the temporary files of runs that were killed. Those of a run that is still at work stay: one whose process is
 * alive, or whose process can't be seen from here and that is younger than an hour.
 */
export function removeLeftovers(folders: Iterable<string>, files: FileSystem): void {
  for (const folder of new Set(folders)) {
    attempt(() => {
      for (const name of files.list(folder)) {
        const owner = temporaryOwner(name);
        if (owner === undefined) continue;
        const file = path.join(folder, name);
        if (isRunning(owner) === false || isOld(file, files)) attempt(() => files.remove(file));
      }
    });
  }
}

/** Also when its process seems alive: another one has got the number since. */
function isOld(file: string, files: FileSystem): boolean {
  const state = files.state(file);
  return state !== undefined && Date.now() - state.modified > longest;
}
