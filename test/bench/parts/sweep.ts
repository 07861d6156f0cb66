import { contestData, contestTable, timeCell, type ContestData } from "../contest-data.ts";
import { chosenContenders, contest } from "../contest.ts";
import { denseStack } from "../network.ts";
import type { Options } from "../options.ts";
import type { NamedWorkload } from "../workloads.ts";
import type { Part } from "./part.ts";

const sizes = [8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096];
const depths = [1, 2, 4, 8, 16];
const width = 128;

/** What a sweep measures when `--peers` does not say. */
export const sweepContenders = [
  "layerc-auto",
  "layerc-wasm",
  "layerc-ts",
  "onnxruntime-node",
  "onnxruntime-web",
  "naive",
  "c",
];

export interface SweepData {
  readonly sizes: readonly ContestData[];
  readonly depths: readonly ContestData[];
}

/** One layer of 8 to 4,096 units, and 1 to 16 layers of 128. */
export const sweepPart: Part<SweepData> = {
  name: "sweep",
  title: "Sizes and depths",
  async run(options) {
    return {
      sizes: await sweep(
        sizes.map((size) => workload(`${size}`, [size, size])),
        options,
      ),
      depths: await sweep(
        depths.map((depth) =>
          workload(
            `${depth} x ${width}`,
            Array.from({ length: depth + 1 }, () => width),
          ),
        ),
        options,
      ),
    };
  },
  markdown: (data) =>
    [
      "Median time per call of one Dense layer n -> n with relu:",
      contestTable(data.sizes, timeCell),
      `And of 1 to ${depths.at(-1)} layers of ${width} units with relu:`,
      contestTable(data.depths, timeCell),
    ].join("\n\n"),
};

/** Short contests of workloads in turn. */
export async function sweep(workloads: readonly NamedWorkload[], { peers }: Options): Promise<readonly ContestData[]> {
  const entries = chosenContenders(peers ?? sweepContenders);
  const found: ContestData[] = [];
  for (const each of workloads) {
    console.error(`sweep ${each.title} ...`);
    found.push(contestData(await contest(each, entries, { warmUp: 250, rounds: 9, milliseconds: 25 })));
  }
  return found;
}

function workload(name: string, widths: readonly number[]): NamedWorkload {
  const many = widths.reduce((sum, width, at) => sum + width * (widths[at + 1] ?? 0), 0) > 1_000_000;
  return {
    name,
    title: `${widths.length > 4 ? `${widths.length - 1} layers of ${widths[0]}` : widths.join("-")} relu`,
    network: denseStack(widths, "relu"),
    batch: 1,
    weights: many ? "file" : "inline",
  };
}
