import type { Stats } from "node:fs";
import path from "node:path";
import type { FSWatcher } from "chokidar";
import { isModelFile } from "../../model-formats/file-names.ts";
import type { FileSystem } from "../../node/file-system.ts";
import { isInside } from "../../node/paths.ts";

/** What changes are to be heard of; all paths absolute. */
export interface Watched {
  /** Folders with all model files below them, but for node_modules and hidden folders. */
  readonly trees: ReadonlySet<string>;
  /** Single files, which need not exist. */
  readonly files: ReadonlySet<string>;
}

export interface FileWatcher {
  /** Watches these from soon on, and says then that something may have changed: what came before it was not heard of. */
  watch(watched: Watched): void;
  close(): Promise<void>;
}

/**
 * Hears of changes through chokidar. Files are watched by their folders, so that one that is replaced, renamed or made anew
 * is seen like one that is written; a folder that is missing, by the nearest one that exists. `onChange` says that something
 * changed, and no more: whoever hears it looks for himself.
 */
export async function watchFiles(
  files: FileSystem,
  onChange: () => void,
  onError: (error: unknown) => void,
): Promise<FileWatcher> {
  const { watch } = await import("chokidar");
  let wanted: Watched = { trees: new Set(), files: new Set() };
  /** A file or a tree, or a folder above one: those that come and go. */
  const isWanted = (file: string): boolean =>
    [...wanted.files, ...wanted.trees].some((one) => one === file || isBelow(one, file));

  const options = { ignoreInitial: true, ignorePermissionErrors: true } as const;
  const kinds = {
    folders: { ...options, depth: 0, ignored: (file: string) => !isWanted(path.normalize(file)) },
    trees: {
      ...options,
      ignored: (file: string, stats?: Stats) =>
        isHidden(file, wanted.trees) || (stats !== undefined && !stats.isDirectory() && !isModelFile(file)),
    },
  } as const;
  const watching = { folders: new Set<string>(), trees: new Set<string>() };
  const watchers: FSWatcher[] = [];

  /**
   * Watches these folders, too, by a watcher of their own: it says when it is ready, and only once. None is taken back:
   * chokidar would not see those within it any more, and its files are not heard of unless they are wanted.
   */
  const follow = (kind: "folders" | "trees", places: ReadonlySet<string>): void => {
    const fresh = [...places].filter((folder) => !watching[kind].has(folder));
    if (fresh.length === 0) return;
    for (const folder of fresh) watching[kind].add(folder);
    const watcher = watch(fresh, kinds[kind]);
    watcher.on("all", (event, file) => {
      if (event === "unlinkDir") watching[kind].delete(path.normalize(file));
      onChange();
    });
    watcher.on("ready", onChange);
    watcher.on("error", onError);
    watchers.push(watcher);
  };

  return {
    watch(watched) {
      wanted = watched;
      const found = [...watched.trees].filter((tree) => kindOf(tree, files) === "folder");
      const missing = [...watched.trees].filter((tree) => !found.includes(tree));
      const parents = [...watched.files, ...missing].map((file) => nearestFolder(path.dirname(file), files));
      // The folder above a tree says when the tree is removed and made anew.
      const above = found.map((tree) => nearestFolder(path.dirname(tree), files));
      follow("folders", new Set([...parents, ...above]));
      follow("trees", new Set(found));
    },
    async close() {
      await Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}

function nearestFolder(folder: string, files: FileSystem): string {
  let at = folder;
  while (kindOf(at, files) !== "folder" && at !== path.dirname(at)) at = path.dirname(at);
  return at;
}

function kindOf(file: string, files: FileSystem): ReturnType<FileSystem["kind"]> {
  try {
    return files.kind(file);
  } catch {
    return undefined;
  }
}

/** As globs leave them out: node_modules and names with a dot, below the tree. */
function isHidden(file: string, trees: ReadonlySet<string>): boolean {
  const inside = [...trees].filter((tree) => file === tree || isBelow(file, tree));
  return !inside.some((tree) => !/(?:^|[/\\])(?:\.|node_modules(?:[/\\]|$))/.test(path.relative(tree, file)));
}

function isBelow(file: string, folder: string): boolean {
  return isInside(file, folder) && path.relative(folder, file) !== "";
}
