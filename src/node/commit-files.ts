import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { describeFileError } from "./file-error.ts";
import type { FileSystem } from "./file-system.ts";
import { removeLeftovers } from "./leftovers.ts";
import { makeFolder } from "./make-folder.ts";
import { displayPath } from "./paths.ts";
import { outputUnwritable } from "./plan-files.ts";
import { attempt, replaceFiles, type Replacement } from "./replace-files.ts";
import { temporaryName } from "./temporary-name.ts";

/** A file to write. */
export interface FileToWrite {
  /** As the user knows it, for messages. */
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * Writes files so that each appears whole or not at all, and none when one can't be written: all contents go to
 * temporary files beside their places first, then `replaceFiles` puts them into place. What a failure leaves is removed,
 * and what earlier runs that were killed have left there. Answers what went wrong, if anything.
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
  const staged: (Replacement & { readonly output: FileToWrite })[] = [];
  const madeFolders: string[] = [];
  const cleaned = new Set<string>();
  let current: FileToWrite | undefined;
  let unmade: string | undefined;
  try {
    for (const [index, output] of outputs.entries()) {
      current = output;
      const wanted = path.resolve(cwd, output.path);
      unmade = path.dirname(wanted);
      makeFolder(unmade, files, madeFolders);
      unmade = undefined;
      // A link to a file stays a link.
      const target = files.realPath(wanted);
      const folder = path.dirname(target);
      if (!cleaned.has(folder)) removeLeftovers([folder], files);
      cleaned.add(folder);
      const name = temporaryName(target, index);
      const temporary = `${name}.tmp`;
      staged.push({ temporary, target, kept: `${name}.old.tmp`, output });
      files.writeNew(temporary, output.content, target);
    }
    replaceFiles(staged, files, ({ output }) => (current = output));
    return undefined;
  } catch (error) {
    for (const { temporary } of staged) attempt(() => files.remove(temporary));
    for (const folder of madeFolders.reverse()) attempt(() => files.removeEmptyFolder(folder));
    const reason = describeFileError(error);
    return outputUnwritable(undefined, {
      output: current?.path ?? "",
      reason: unmade === undefined ? reason : unmadeReason(displayPath(cwd, unmade), error, reason),
    });
  }
}

function unmadeReason(folder: string, error: unknown, reason: string): string {
  // What a system says that has no place for folders, where the one above is there.
  const why = (error as NodeJS.ErrnoException).code === "ENOENT" ? "the system takes no folders there" : reason;
  return `the folder '${folder}' can't be made: ${why}`;
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
