import path from "node:path";
import type { FileSystem } from "../../node/file-system.ts";
import { stampOf } from "../../node/read-log.ts";

/** Milliseconds between two looks. */
const pause = 1_000;

/** Milliseconds. A file that was written so shortly before it is watched may have been so after it was read. */
const recent = 5_000;

/**
 * Has changes of files heard for clients that watch none. They are looked at again and again: there are few, and a look at one
 * tells what no watcher tells everywhere.
 */
export function watchDependencies(files: FileSystem, base: string) {
  let stamps = new Map<string, string | undefined>();
  let heard: (file: string) => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  const stamp = (file: string): string | undefined => stampOf(path.resolve(base, file), files);
  /** The stamp of a file that begins to be watched; that of no file where it has to be read once more. */
  const firstStamp = (file: string): string | undefined => {
    const now = stamp(file);
    const modified = now === undefined ? 0 : (files.state(path.resolve(base, file))?.modified ?? 0);
    return now !== undefined && Date.now() - modified < recent ? "" : now;
  };

  function look(): void {
    for (const [file, before] of stamps) {
      const now = stamp(file);
      if (now === before) continue;
      stamps.set(file, now);
      heard(file);
    }
  }

  return {
    /** Watches these files, which need not exist, from now on, and no others. */
    watch(paths: readonly string[], changed: (file: string) => void): void {
      heard = changed;
      const before = stamps;
      stamps = new Map(paths.map((file) => [file, before.has(file) ? before.get(file) : firstStamp(file)]));
      // It does not keep the process alive by itself.
      timer ??= setInterval(look, pause).unref();
    },
    close(): void {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
