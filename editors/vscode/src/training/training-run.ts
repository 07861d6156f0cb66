import fs from "node:fs";
import { spawnLayerc } from "../run/spawn-layerc.ts";
import { LogReader, type Epoch } from "./read-log.ts";
import { readReport, type TrainingReport } from "./training-report.ts";

/** How a run has ended: with what layerc says of it, or, where it says nothing, stopped, or with what it has printed instead. */
export type RunEnd =
  | { readonly kind: "reported"; readonly report: TrainingReport }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly printed: string };

export interface TrainingRun {
  readonly ended: Promise<RunEnd>;
  /** Asks it to end: it writes a checkpoint first. Where the system has no signals, it ends at once, and the last checkpoint is what is left. */
  stop(): void;
}

/** How often the log is looked at, in milliseconds. */
const interval = 150;

/** Runs `layerc train` and tells each epoch of this run as soon as it stands in the log. */
export function startTraining(
  {
    cli,
    argv,
    cwd,
    log,
  }: { readonly cli: string; readonly argv: readonly string[]; readonly cwd: string; readonly log: string },
  tell: (epochs: readonly Epoch[]) => void,
): TrainingRun {
  // What an earlier run has left there would be read as that of this one, until layerc replaces it.
  fs.rmSync(log, { force: true });
  const child = spawnLayerc(cli, [...argv, "--log", log, "--report", "json"], cwd);
  const reader = new LogReader();
  const decoder = new TextDecoder();
  let at = 0;
  const look = (): void => {
    const added = readFrom(log, at);
    at += added.length;
    const epochs = reader.take(decoder.decode(added, { stream: true }));
    if (epochs.length > 0) tell(epochs);
  };
  const timer = setInterval(look, interval);
  let isStopped = false;
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (text: string) => void (stdout += text));
  child.stderr.on("data", (text: string) => void (stderr += text));
  const ended = new Promise<RunEnd>((resolve) => {
    const end = (problem: string): void => {
      clearInterval(timer);
      look();
      const report = readReport(stdout);
      const printed = [stderr, problem].map((text) => text.trim()).filter((text) => text !== "");
      if (report !== undefined) resolve({ kind: "reported", report });
      else resolve(isStopped ? { kind: "stopped" } : { kind: "failed", printed: printed.join("\n") });
    };
    child.on("error", ({ message }) => end(message));
    child.on("close", () => end(""));
  });
  return {
    ended,
    stop() {
      isStopped = true;
      child.kill("SIGINT");
    },
  };
}

/** What was added to a file behind a place; nothing where it is not there yet. */
function readFrom(file: string, start: number): Uint8Array {
  let opened: number;
  try {
    opened = fs.openSync(file, "r");
  } catch {
    return new Uint8Array();
  }
  try {
    const bytes = new Uint8Array(Math.max(0, fs.fstatSync(opened).size - start));
    return bytes.subarray(0, fs.readSync(opened, bytes, 0, bytes.length, start));
  } finally {
    fs.closeSync(opened);
  }
}
