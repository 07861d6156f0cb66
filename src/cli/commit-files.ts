import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { describeFileError } from "./file-error.ts";
import type { FileSystem } from "./file-system.ts";
import { outputUnwritable } from "./outputs.ts";

/** A file to write. */
export interface FileToWrite {
  /** As the user knows it, for messages. */
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * Writes files so that each appears whole or not at all, and none when one can't be written: all contents go to
 * temporary files beside their places first, then each is renamed into place. What a failure leaves is removed.
 * Answers what went wrong, if anything.
 */
export async function commitFiles(
  outputs: readonly FileToWrite[],
  cwd: string,
  files: FileSystem,
): Promise<Diagnostic | undefined> {
  const release = holdSignals();
  try {
    return commit(outputs, cwd, files);
  } finally {
    await release();
  }
}

function commit(outputs: readonly FileToWrite[], cwd: string, files: FileSystem): Diagnostic | undefined {
  const staged: { readonly temporary: string; readonly target: string; readonly output: FileToWrite }[] = [];
  const madeFolders: string[] = [];
  let current: FileToWrite | undefined;
  try {
    for (const [index, output] of outputs.entries()) {
      current = output;
      const wanted = path.resolve(cwd, output.path);
      const topmost = files.makeFolder(path.dirname(wanted));
      if (topmost !== undefined) madeFolders.push(...foldersBetween(topmost, path.dirname(wanted)));
      // A link to a file stays a link.
      const target = files.realPath(wanted);
      const temporary = path.join(path.dirname(target), `.layerc-${process.pid}-${index}.tmp`);
      staged.push({ temporary, target, output });
      files.writeNew(temporary, output.content, target);
    }
    for (const { temporary, target, output } of staged) {
      current = output;
      files.rename(temporary, target);
    }
    return undefined;
  } catch (error) {
    for (const { temporary } of staged) attempt(() => files.remove(temporary));
    for (const folder of madeFolders.reverse()) attempt(() => files.removeEmptyFolder(folder));
    return outputUnwritable(undefined, { output: current?.path ?? "", reason: describeFileError(error) });
  }
}

/** `topmost` and the folders below it down to `folder`, outer ones first. */
function foldersBetween(topmost: string, folder: string): readonly string[] {
  const folders: string[] = [];
  for (let at = folder; at.length >= topmost.length; at = path.dirname(at)) {
    folders.unshift(at);
    if (at === topmost || at === path.dirname(at)) break;
  }
  return folders;
}

/** Cleaning up goes on past what can't be removed: the first failure is the one to report. */
function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // Left behind, e.g. a folder that is not empty any more.
  }
}

/** Lets Ctrl-C wait until no temporary file is left. Writing is synchronous, so that a signal is seen only afterwards. */
function holdSignals(): () => Promise<void> {
  let received: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals): void => {
    received = signal;
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, note);
  return async () => {
    await setImmediate();
    for (const signal of signals) process.off(signal, note);
    if (received !== undefined) process.kill(process.pid, received);
  };
}
