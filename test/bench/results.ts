import { existsSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** What `results.json` holds: the last run of each part on one machine. */
export interface Results {
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly platform: string;
    readonly node: string;
  };
  /** Of the peers, as package.json pins them. */
  readonly versions: Readonly<Record<string, string>>;
  /** By the name of the part. */
  readonly parts: Readonly<Record<string, unknown>>;
}

/** This package's folder; the benchmarks run with the repository's root as the working directory. */
export const benchFolder = path.join(process.cwd(), "test/bench");

const file = path.join(benchFolder, "results.json");

/** What `results.json` says, as far as it was measured on this machine with this Node. */
export function readResults(): Results {
  const packageJson = JSON.parse(readFileSync(path.join(benchFolder, "package.json"), "utf8")) as {
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
  const machine = thisMachine();
  const versions = packageJson.optionalDependencies;
  if (existsSync(file)) {
    const saved = JSON.parse(readFileSync(file, "utf8")) as Results;
    if (JSON.stringify(saved.machine) === JSON.stringify(machine)) return { machine, versions, parts: saved.parts };
  }
  return { machine, versions, parts: {} };
}

export function thisMachine(): Results["machine"] {
  return {
    cpu: os.cpus()[0]?.model.trim() ?? "unknown",
    cores: os.cpus().length,
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
  };
}

/** Writes `results.json`. */
export function writeResults(results: Results): void {
  writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
}
