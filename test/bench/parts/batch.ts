import { contestTable, type ContestData } from "../contest-data.ts";
import { formatTime } from "../table.ts";
import { workloads, type NamedWorkload } from "../workloads.ts";
import type { Part } from "./part.ts";
import { sweep } from "./sweep.ts";

const batches = [1, 2, 4, 8, 16, 64, 256, 1024];

export interface BatchData {
  readonly M: readonly ContestData[];
  readonly L: readonly ContestData[];
}

/** M and L with 1 to 1,024 samples a call. */
export const batchPart: Part<BatchData> = {
  name: "batch",
  title: "Batches",
  async run(options) {
    const peers = options.peers ?? ["layerc-wasm", "layerc-ts", "onnxruntime-node", "onnxruntime-web", "c"];
    return {
      M: await sweep(batched("M"), { ...options, peers }),
      L: await sweep(batched("L"), { ...options, peers }),
    };
  },
  markdown: ({ M, L }) =>
    [
      "Time per sample of M in calls of 1 to 1,024 samples:",
      contestTable(M, perSample, ({ batch }) => batch.toLocaleString("en-US")),
      "And of L:",
      contestTable(L, perSample, ({ batch }) => batch.toLocaleString("en-US")),
    ].join("\n\n"),
};

function batched(name: string): readonly NamedWorkload[] {
  const base = workloads.find((workload) => workload.name === name) as NamedWorkload;
  return batches.map((batch) => ({ ...base, name: `${name}x${batch}`, title: `${name}, batch ${batch}`, batch }));
}

function perSample({ nanoseconds, batch }: ContestData, contender: string): string {
  return formatTime((nanoseconds[contender] ?? Number.NaN) / batch);
}
