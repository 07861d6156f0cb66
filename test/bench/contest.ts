import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { contenders, type ContenderEntry, type Launch } from "./contenders.ts";
import { childScript } from "./child-script.ts";
import { startProcess, type LineProcess } from "./process.ts";
import { relativeRms } from "./reference.ts";
import { interleavedRounds, type Rounds, type RoundsOptions } from "./rounds.ts";
import { forwardTask, type Task } from "./task.ts";
import { outputsFile, readFloats } from "./workload-files.ts";
import type { NamedWorkload } from "./workloads.ts";

/** What came of running contenders on one workload. */
export interface Contest {
  readonly workload: NamedWorkload;
  readonly rounds: Rounds;
  /** Relative RMS error against float64 of each contender that ran. */
  readonly errors: ReadonlyMap<string, number>;
  /** What the contenders said of themselves, such as the backend chosen. */
  readonly notes: ReadonlyMap<string, string>;
  /** Why contenders did not run. */
  readonly skipped: ReadonlyMap<string, string>;
}

/**
 * Runs contenders on a workload: each in a process of its own, its outputs checked against float64 before it is timed, the
 * rounds interleaved. One that can't run, or computes something else, is reported and left out.
 */
export async function contest(
  workload: NamedWorkload,
  entries: readonly ContenderEntry[],
  options: RoundsOptions,
  task: Task = forwardTask,
): Promise<Contest> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "layerc-bench-"));
  const processes = new Map<string, LineProcess>();
  const [errors, notes, skipped] = [new Map<string, number>(), new Map<string, string>(), new Map<string, string>()];
  const skip = (name: string, reason: string): void => {
    skipped.set(name, reason);
    processes.get(name)?.end();
    processes.delete(name);
    console.error(`  ${workload.name}: without ${name}: ${reason}`);
  };
  try {
    const expected = task.write(folder, workload);
    for (const entry of entries) {
      const { name } = entry;
      const reason = entry.skips?.(workload);
      if (reason !== undefined) {
        skipped.set(name, reason);
        continue;
      }
      try {
        const child = startProcess(launchCommand(await entry.start(folder, workload)));
        processes.set(name, child);
        notes.set(name, await child.ask(`prepare ${folder} ${name}`));
        const error = relativeRms(readFloats(outputsFile(folder, name)), expected(name));
        if (!(error < task.errorLimit(name)))
          throw new Error(`wrong outputs: relative RMS error ${error.toExponential(1)}`);
        errors.set(name, error);
      } catch (error) {
        skip(name, (error as Error).message);
      }
    }
    const rounds = await interleavedRounds(processes, options, (name, error) => skip(name, error.message));
    return { workload, rounds, errors, notes, skipped };
  } finally {
    for (const child of processes.values()) child.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The command that starts a contender which is driven by lines. */
export function launchCommand(launch: Launch): readonly string[] {
  return launch.kind === "program" ? launch.command : childScript("serve", launch.name, ...launch.options);
}

/** The contenders of these names, or all. Throws for a name that there is not. */
export function chosenContenders(
  names: readonly string[] | undefined,
  all: readonly ContenderEntry[] = contenders,
): readonly ContenderEntry[] {
  const unknown = names?.find((name) => !all.some((entry) => entry.name === name));
  if (unknown !== undefined) {
    throw new Error(`no contender ${unknown}; there are ${all.map(({ name }) => name).join(", ")}`);
  }
  return all.filter(({ name }) => names === undefined || names.includes(name));
}
