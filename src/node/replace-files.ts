import type { FileSystem } from "./file-system.ts";
import { maxOutputBytes } from "./limits.ts";

/** A file that is written already, and the place it is to go to. */
export interface Replacement {
  readonly temporary: string;
  readonly target: string;
  /** A free name beside the target, for what lies there until all files are in place. */
  readonly kept: string;
}

/**
 * Renames files into place, all or none: what they replace is kept until the last one is in place, and put back when one
 * can't be renamed; then throws what the file system threw. `onNext` hears of each before it is renamed.
 */
export function replaceFiles<Item extends Replacement>(
  items: readonly Item[],
  files: FileSystem,
  onNext: (item: Item) => void,
): void {
  const undo: (() => void)[] = [];
  const kept: string[] = [];
  try {
    for (const item of items) {
      onNext(item);
      if (files.kind(item.target) === "file") {
        kept.push(item.kept);
        let putBack = (): void => files.remove(item.kept);
        undo.push(() => putBack());
        keep(item, files);
        files.rename(item.temporary, item.target);
        putBack = () => files.rename(item.kept, item.target);
      } else {
        files.rename(item.temporary, item.target);
        undo.push(() => files.remove(item.target));
      }
    }
  } catch (error) {
    for (const step of undo.reverse()) attempt(step);
    throw error;
  }
  for (const name of kept) attempt(() => files.remove(name));
}

/** Gives a file a second name, or a copy where the disk has no second names: it never lacks its own, also when killed. */
function keep({ target, kept }: Replacement, files: FileSystem): void {
  try {
    files.link(target, kept);
  } catch {
    files.writeNew(kept, files.read(target, maxOutputBytes), target);
  }
}

/** Cleaning up goes on past what can't be done: the first failure is the one to report. */
export function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // Left behind, e.g. a folder that is not empty any more.
  }
}
