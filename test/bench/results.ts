import { existsSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** What `results.json` holds: the last run of each part. */
export interface Results {
  /** Of the peers, as package.json pins them. */
  readonly versions: Readonly<Record<string, string>>;
  /** What was found, by the name of the part. */
  readonly parts: Readonly<Record<string, unknown>>;
  /** Where, by the name of the part: a run of some parts on another machine leaves the others. */
  readonly machines: Readonly<Record<string, Machine>>;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly platform: string;
  readonly node: string;
}

/** This package's folder; the benchmarks run with the repository's root as the working directory. */
export const benchFolder = path.join(process.cwd(), "test/bench");

const file = path.join(benchFolder, "results.json");

/** What `results.json` says. */
export function readResults(): Results {
  const packageJson = JSON.parse(readFileSync(path.join(benchFolder, "package.json"), "utf8")) as {
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
  const versions = packageJson.optionalDependencies;
  if (!existsSync(file)) return { versions, parts: {}, machines: {} };
  const { parts, machines } = JSON.parse(readFileSync(file, "utf8")) as Results;
  return { versions, parts, machines };
}

/** Results with one more part, found on this machine. */
export function withPart({ versions, parts, machines }: Results, name: string, data: unknown): Results {
  return { versions, parts: { ...parts, [name]: data }, machines: { ...machines, [name]: thisMachine() } };
}

export function thisMachine(): Machine {
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
