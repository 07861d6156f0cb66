import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { chosenContenders, launchCommand } from "../contest.ts";
import { startProcess } from "../process.ts";
import { referenceOutputs, relativeRms } from "../reference.ts";
import { table } from "../table.ts";
import { outputsFile, readFloats, writeWorkload } from "../workload-files.ts";
import { workloads } from "../workloads.ts";
import type { Part } from "./part.ts";

export interface NumericsData {
  readonly rows: readonly {
    readonly workload: string;
    readonly title: string;
    readonly contender: string;
    readonly values: number;
    readonly relativeRms: number;
    readonly maxAbsolute: number;
    readonly maxRelative: number;
    /** The largest `|a - b| / max(1, |b|)`, which `layerc verify` holds against its tolerance. */
    readonly maxError: number;
  }[];
}

/** How far results are from float64: the table of `src/ir/numerics.md`. */
export const numericsPart: Part<NumericsData> = {
  name: "numerics",
  title: "Errors",
  async run({ only, peers }) {
    const entries = chosenContenders(
      peers ?? ["layerc-ts", "layerc-wasm", "layerc-simd", "layerc-bf16", "onnxruntime-node"],
    );
    const rows: NumericsData["rows"][number][] = [];
    for (const workload of workloads) {
      const { name, title, network, batch } = workload;
      if (batch > 1 || (only !== undefined && !only.includes(name))) continue;
      console.error(`numerics ${name} ...`);
      const folder = mkdtempSync(path.join(os.tmpdir(), "layerc-bench-"));
      const expected = referenceOutputs(writeWorkload(folder, network, batch));
      for (const entry of entries) {
        try {
          const child = startProcess(launchCommand(await entry.start(folder, workload)));
          await child.ask(`prepare ${folder} ${entry.name}`).finally(() => child.end());
          const actual = readFloats(outputsFile(folder, entry.name));
          rows.push({ workload: name, title, contender: entry.name, ...compare(actual, expected) });
        } catch (error) {
          console.error(`  numerics ${name}: without ${entry.name}: ${(error as Error).message}`);
        }
      }
      rmSync(folder, { recursive: true, force: true });
    }
    return { rows };
  },
  markdown: ({ rows }) =>
    [
      "Errors against float64; the last column is `|a - b| / max(1, |b|)`:",
      table(
        ["model", "sizes", "", "values", "relative RMS", "max absolute", "max relative", "max error"],
        rows.map(({ workload, title, contender, values, relativeRms, maxAbsolute, maxRelative, maxError }) => [
          workload,
          title,
          contender,
          values.toLocaleString("en-US"),
          ...[relativeRms, maxAbsolute, maxRelative, maxError].map((value) => value.toExponential(1)),
        ]),
      ),
    ].join("\n\n"),
};

function compare(
  actual: Float32Array,
  expected: Float64Array,
): Pick<NumericsData["rows"][number], "values" | "relativeRms" | "maxAbsolute" | "maxRelative" | "maxError"> {
  let [maxAbsolute, maxRelative, maxError] = [0, 0, 0];
  expected.forEach((wanted, at) => {
    const absolute = Math.abs((actual[at] as number) - wanted);
    const magnitude = Math.abs(wanted);
    maxAbsolute = Math.max(maxAbsolute, absolute);
    if (magnitude > 0) maxRelative = Math.max(maxRelative, absolute / magnitude);
    maxError = Math.max(maxError, absolute / Math.max(1, magnitude));
  });
  return { values: expected.length, relativeRms: relativeRms(actual, expected), maxAbsolute, maxRelative, maxError };
}
