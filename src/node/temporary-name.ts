import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** Who made a temporary file. */
export interface TemporaryOwner {
  /** Within what its process number is one: a machine, or a container on it. */
  readonly system: string;
  readonly process: number;
}

/** The start of the names of temporary files beside a file: no other has it, not of another run, thread or machine. */
export function temporaryName(beside: string, index: number): string {
  const random = randomBytes(6).toString("hex");
  return path.join(path.dirname(beside), `.layerc-${thisSystem()}-${process.pid}-${random}-${index}`);
}

/** Whose temporary file a name is; undefined for every other name. */
export function temporaryOwner(name: string): TemporaryOwner | undefined {
  const [, system, number] = /^\.layerc-([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{12}-\d+(?:\.old)?\.tmp$/.exec(name) ?? [];
  return system === undefined || number === undefined ? undefined : { system, process: Number(number) };
}

/** Whether the process is there still; undefined when that can't be known here, because it ran on another system. */
export function isRunning(owner: TemporaryOwner): boolean | undefined {
  if (owner.system !== thisSystem()) return undefined;
  try {
    process.kill(owner.process, 0);
    return true;
  } catch (error) {
    // One that may not be signalled is there.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

let system: string | undefined;

/** Containers that share a folder have process numbers of their own. */
function thisSystem(): string {
  system ??= createHash("sha256").update(`${os.hostname()}\0${processNamespace()}`).digest("hex").slice(0, 8);
  return system;
}

function processNamespace(): string {
  try {
    return fs.readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
