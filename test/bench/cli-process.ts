import { spawnSync } from "node:child_process";
import path from "node:path";

/** A run of the command `layerc`, which is bundled beside the running script. */
export interface CliRun {
  readonly seconds: number;
  /** The most memory that the process held, in units of 1e6 bytes. */
  readonly megabytes: number;
}

// Linux counts the process that started this one in `maxRSS`, but not in VmHWM.
const reportMemory = `
  import { readFileSync } from "node:fs";
  process.on("exit", () => {
    let kilobytes = process.resourceUsage().maxRSS;
    try {
      kilobytes = /^VmHWM:\\s*(\\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))[1];
    } catch {}
    console.error("peak " + kilobytes);
  });`;

/** Runs `layerc` in a folder. Throws its message when it fails. */
export function runCli(cwd: string, argv: readonly string[]): CliRun {
  const cli = path.join(path.dirname(process.argv[1] ?? ""), "cli.js");
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(reportMemory)}`, cli, ...argv],
    { cwd, encoding: "utf8", timeout: 300_000 },
  );
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) {
    const message = `${stderr}\n${stdout}`.split("\n").find((line) => /error/i.test(line));
    throw new Error(message ?? `layerc ended with ${status}`);
  }
  return { seconds, megabytes: (Number(/^peak (\d+)$/m.exec(stderr)?.[1]) * 1024) / 1e6 };
}
