import path from "node:path";
import type { FileSystem } from "../../node/file-system.ts";
import { stampOf } from "../../node/read-log.ts";
import { watchFiles, type FileWatcher } from "../../node/watch-files.ts";

/** Milliseconds of quiet to wait for, in which a file that is being written is finished. */
const quiet = 60;

/** Hears of changes of files for clients that watch none. What changed is found by when and as what the files were written. */
export function watchDependencies(files: FileSystem, base: string) {
  let stamps = new Map<string, string | undefined>();
  let heard: (file: string) => void = () => undefined;
  let watcher: Promise<FileWatcher | undefined> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stamp = (file: string): string | undefined => stampOf(path.resolve(base, file), files);

  function look(): void {
    for (const [file, before] of stamps) {
      const now = stamp(file);
      if (now === before) continue;
      stamps.set(file, now);
      heard(file);
    }
  }

  function lookSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(look, quiet);
  }

  return {
    /** Watches these files, which need not exist, from now on, and no others. */
    watch(paths: readonly string[], changed: (file: string) => void): void {
      heard = changed;
      if (paths.length === stamps.size && paths.every((file) => stamps.has(file))) return;
      stamps = new Map(paths.map((file) => [file, stamps.has(file) ? stamps.get(file) : stamp(file)]));
      // Where the system has no events, or too few, a file is seen when it is read next.
      watcher ??= watchFiles(files, lookSoon, () => undefined).catch(() => undefined);
      void watcher.then((started) => {
        if (started?.watch({ trees: new Set(), files: new Set(paths.map((file) => path.resolve(base, file))) }))
          lookSoon();
      });
    },
    close(): void {
      clearTimeout(timer);
      void watcher?.then((started) => started?.close());
    },
  };
}
