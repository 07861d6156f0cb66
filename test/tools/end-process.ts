import type { ChildProcess } from "node:child_process";

interface EndOptions {
  readonly signal?: NodeJS.Signals;
  /** Whether it leads a group of processes, all of which end. */
  readonly isLeader?: boolean;
}

/** Ends a process and waits until it is gone: it may be writing into a folder that goes next. One that takes its time is killed. */
export async function endProcess(
  child: ChildProcess,
  { signal = "SIGTERM", isLeader = false }: EndOptions = {},
): Promise<void> {
  const { pid, exitCode, signalCode } = child;
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  const send = (one: NodeJS.Signals): boolean => process.kill(isLeader ? -pid : pid, one);
  const closed = new Promise((resolve) => child.once("close", resolve));
  send(signal);
  const impatience = setTimeout(() => send("SIGKILL"), 10_000);
  await closed;
  clearTimeout(impatience);
}
