import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { childScript } from "../child-script.ts";
import { chosenContenders } from "../contest.ts";
import { formatTime, median, table } from "../table.ts";
import { writeWorkload } from "../workload-files.ts";
import { workloads, type NamedWorkload } from "../workloads.ts";
import type { Part } from "./part.ts";

const runs = 9;
const measured = [
  "layerc-auto",
  "layerc-wasm",
  "layerc-ts",
  "onnxruntime-node",
  "onnxruntime-web",
  "tfjs-wasm",
  "tfjs-cpu",
];

/** T and M have their weights inside, L in a file. */
export interface ColdData {
  readonly starts: readonly {
    readonly workload: string;
    readonly contender: string;
    /** Median over processes, from the import to the first result. */
    readonly milliseconds: number;
  }[];
}

/** How long it takes from the import of a module or library to its first result, in fresh processes. */
export const coldPart: Part<ColdData> = {
  name: "cold",
  title: "Cold start",
  async run({ only, peers }) {
    const entries = chosenContenders(peers ?? measured);
    const folder = mkdtempSync(path.join(os.tmpdir(), "layerc-bench-"));
    try {
      const commands: { workload: string; contender: string; command: readonly string[]; times: number[] }[] = [];
      for (const workload of workloads.filter(({ name }) => (only ?? ["T", "M", "L"]).includes(name))) {
        const own = path.join(folder, workload.name);
        writeWorkload(own, workload.network, 1);
        const weights: NamedWorkload["weights"] = workload.name === "L" ? "file" : workload.weights;
        for (const entry of entries) {
          try {
            const launch = await entry.start(own, { weights });
            if (launch.kind !== "script") continue;
            const command = childScript("cold", own, launch.name, ...launch.options);
            commands.push({ workload: workload.name, contender: entry.name, command, times: [] });
          } catch (error) {
            console.error(`cold ${workload.name}: without ${entry.name}: ${(error as Error).message}`);
          }
        }
      }
      for (let run = 0; run < runs; run++) {
        console.error(`cold: run ${run + 1} of ${runs} ...`);
        for (const { command, times } of commands) {
          const time = coldStart(command);
          if (time !== undefined) times.push(time);
        }
      }
      const starts = commands
        .filter(({ times }) => times.length > 0)
        .map(({ workload, contender, times }) => ({ workload, contender, milliseconds: median(times) }));
      return { starts };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  markdown({ starts }) {
    const names = [...new Set(starts.map(({ workload }) => workload))];
    const contenders = [...new Set(starts.map(({ contender }) => contender))];
    const cell = (contender: string, name: string): string => {
      const found = starts.find((start) => start.contender === contender && start.workload === name);
      return found === undefined ? "–" : formatTime(found.milliseconds * 1e6);
    };
    return [
      `From the import to the first result, median of ${runs} processes, the start of Node left out; L's weights in a file:`,
      table(
        ["", ...names],
        contenders.map((contender) => [contender, ...names.map((name) => cell(contender, name))]),
      ),
    ].join("\n\n");
  },
};

/** Milliseconds, or undefined when the process failed. */
function coldStart([program = "", ...options]: readonly string[]): number | undefined {
  const { stdout } = spawnSync(program, options, { encoding: "utf8", timeout: 60_000 });
  const found = /^result (\S+)$/m.exec(stdout)?.[1];
  return found === undefined ? undefined : Number(found);
}
