import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { runCli, type CliRun } from "../cli-process.ts";
import { denseStack, networkSource } from "../network.ts";
import { median, table, threeDigits } from "../table.ts";
import { writeWorkload } from "../workload-files.ts";
import { workloads } from "../workloads.ts";
import type { Part } from "./part.ts";

interface Growth extends CliRun {
  /** Layers or weights. */
  readonly count: number;
}

export interface CompileData {
  readonly builds: readonly (CliRun & { readonly workload: string; readonly target: string })[];
  readonly layers: readonly Growth[];
  readonly weights: readonly Growth[];
  /** What one more layer or weight costs at the end of the range, beside what it costs before. */
  readonly growth: readonly { readonly what: string; readonly ratio: number }[];
}

const targets = ["typescript", "wasm"];

/** Units of a square layer with 3, 9 and 27 million weights. */
const squareSizes = [1732, 3000, 5196];

/** `layerc build` in processes of its own: time, memory, and how they grow. */
export const compilePart: Part<CompileData> = {
  name: "compile",
  title: "Builds",
  async run({ only }) {
    const folder = mkdtempSync(path.join(os.tmpdir(), "layerc-bench-"));
    try {
      const builds = buildWorkloads(folder, only);
      const layers = growth([100, 300, 900], (count) => {
        const widths = Array.from({ length: count + 1 }, () => 64);
        writeFileSync(path.join(folder, "long.layers"), networkSource(denseStack(widths, "relu")));
        return runCli(folder, ["build", "long.layers", "--out-dir", "out"]);
      });
      for (const size of squareSizes) {
        writeWorkload(path.join(folder, `wide-${size}`), denseStack([size, size], "relu"), 1);
      }
      const weights = growth(squareSizes, (size) =>
        runCli(path.join(folder, `wide-${size}`), ["build", "net.layers", "--weights", "file", "--out-dir", "out"]),
      ).map((run) => ({ ...run, count: run.count ** 2 }));
      return {
        builds,
        layers,
        weights,
        growth: [
          { what: "what a layer costs from 300 to 900, beside 100 to 300", ratio: marginalRatio(layers) },
          { what: "what a weight costs from 9 to 27 million, beside 3 to 9 million", ratio: marginalRatio(weights) },
        ],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  markdown: ({ builds, layers, weights, growth }) =>
    [
      "`layerc build` in a process of its own, the start of Node included; G's and XL's weights in a file:",
      table(
        ["", "target", "s", "MB at most"],
        builds.map((run) => [run.workload, run.target, threeDigits(run.seconds), Math.round(run.megabytes)]),
      ),
      "Stacks of layers of 64 units:",
      table(["layers", "s", "MB at most"], layers.map(growthRow)),
      "One layer, its weights in a file:",
      table(["weights", "s", "MB at most"], weights.map(growthRow)),
      growth.map(({ what, ratio }) => `- ${what}: ${threeDigits(ratio)}`).join("\n"),
    ].join("\n\n"),
};

function growthRow({ count, seconds, megabytes }: Growth): readonly string[] {
  return [count.toLocaleString("en-US"), threeDigits(seconds), `${Math.round(megabytes)}`];
}

function buildWorkloads(folder: string, only: readonly string[] | undefined): CompileData["builds"] {
  const builds: CompileData["builds"][number][] = [];
  for (const { name, network, batch, weights } of workloads) {
    if (batch > 1 || (only !== undefined && !only.includes(name))) continue;
    const own = path.join(folder, name);
    writeWorkload(own, network, 1);
    for (const target of targets) {
      console.error(`compile ${name} --target ${target} ...`);
      const argv = ["build", "net.layers", "--target", target, "--weights", weights, "--out-dir", "out"];
      try {
        builds.push({ workload: name, target, ...medianRun(3, () => runCli(own, argv)) });
      } catch (error) {
        console.error(`  compile ${name}: without ${target}: ${(error as Error).message}`);
      }
    }
    rmSync(own, { recursive: true, force: true });
  }
  return builds;
}

/** The shortest of 5 builds at each count, in turn: whatever else the machine does only adds. */
function growth(counts: readonly number[], build: (count: number) => CliRun): readonly Growth[] {
  const runs = counts.map((): CliRun[] => []);
  for (let round = 0; round < 5; round++) {
    counts.forEach((count, at) => {
      console.error(`compile: growth, ${count.toLocaleString("en-US")}, round ${round + 1} of 5 ...`);
      runs[at]?.push(build(count));
    });
  }
  return runs.map((all, at) => ({
    count: counts[at] as number,
    seconds: Math.min(...all.map(({ seconds }) => seconds)),
    megabytes: median(all.map(({ megabytes }) => megabytes)),
  }));
}

function medianRun(runs: number, run: () => CliRun): CliRun {
  const all = Array.from({ length: runs }, run);
  return { seconds: median(all.map((each) => each.seconds)), megabytes: median(all.map((each) => each.megabytes)) };
}

/** The slope of the time from the second count to the third, beside that from the first to the second. */
function marginalRatio([first, second, third]: readonly Growth[]): number {
  const slope = (from: Growth | undefined, to: Growth | undefined): number =>
    ((to?.seconds ?? Number.NaN) - (from?.seconds ?? 0)) / ((to?.count ?? 0) - (from?.count ?? 0));
  return slope(second, third) / slope(first, second);
}
