import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";

/** Starts a command line of layerc in the Node of the editor. What it writes comes as text. */
export function spawnLayerc(
  cli: string,
  argv: readonly string[],
  cwd: string,
): ChildProcessByStdio<null, Readable, Readable> {
  const child = spawn(process.execPath, [cli, ...argv], {
    cwd,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  return child;
}
