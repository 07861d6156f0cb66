import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { chosenContenders } from "../contest.ts";
import { heapGrowth } from "../heap-growth.ts";
import { table } from "../table.ts";
import { writeWorkload } from "../workload-files.ts";
import { workloads, type NamedWorkload } from "../workloads.ts";
import type { Part } from "./part.ts";

/** What calls that are given their output leave on the heap. */
export interface HeapData {
  readonly runs: readonly {
    readonly workload: string;
    readonly contender: string;
    readonly method: "forward" | "forwardBatch";
    readonly calls: number;
    /** Of the heap and of array buffers. */
    readonly bytesPerCall: number;
    readonly collections: number;
  }[];
}

const cases = [
  { workload: "T", batch: 1, calls: 1_000_000 },
  { workload: "S", batch: 1, calls: 350_000 },
  { workload: "M", batch: 1, calls: 20_000 },
  { workload: "T", batch: 64, calls: 50_000 },
  { workload: "M", batch: 7, calls: 10_000 },
] as const;

/** Heap growth over many calls with `output`. */
export const heapPart: Part<HeapData> = {
  name: "heap",
  title: "Memory of calls",
  async run({ only, peers }) {
    const entries = chosenContenders(peers).filter(({ kind }) => kind === "layerc");
    const runs: HeapData["runs"][number][] = [];
    for (const { workload: name, batch, calls } of cases) {
      if (only !== undefined && !only.includes(name)) continue;
      console.error(`heap ${name}, batch ${batch}: ${calls.toLocaleString("en-US")} calls ...`);
      const workload = workloads.find((each) => each.name === name) as NamedWorkload;
      const folder = mkdtempSync(path.join(os.tmpdir(), "layerc-bench-"));
      writeWorkload(folder, workload.network, batch);
      for (const entry of entries) {
        try {
          const launch = await entry.start(folder, workload);
          if (launch.kind !== "script") continue;
          const { bytes, collections } = heapGrowth(folder, calls, launch);
          runs.push({
            workload: name,
            contender: entry.name,
            method: batch === 1 ? "forward" : "forwardBatch",
            calls,
            bytesPerCall: bytes / calls,
            collections,
          });
        } catch (error) {
          console.error(`  heap ${name}: without ${entry.name}: ${(error as Error).message}`);
        }
      }
      rmSync(folder, { recursive: true, force: true });
    }
    return { runs };
  },
  markdown: ({ runs }) =>
    [
      "What the heap and array buffers grew by in calls with `output`, the least of three runs of so many, and how often memory " +
        "was collected in all three:",
      table(
        ["", "", "", "calls", "bytes per call", "collections"],
        runs.map(({ workload, contender, method, calls, bytesPerCall, collections }) => [
          workload,
          contender,
          `\`${method}\``,
          calls.toLocaleString("en-US"),
          bytesPerCall.toFixed(3),
          collections,
        ]),
      ),
    ].join("\n\n"),
};
