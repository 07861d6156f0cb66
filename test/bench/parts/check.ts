import { spawnSync } from "node:child_process";
import path from "node:path";
import { check } from "../../../src/compile.ts";
import { runCli } from "../cli-process.ts";
import { median, table } from "../table.ts";
import type { Part } from "./part.ts";

export interface CheckData {
  /** Milliseconds of process time. */
  readonly node: number;
  readonly check: number;
  /** Milliseconds in one process. */
  readonly long: readonly { readonly layers: number; readonly milliseconds: number }[];
}

const layerCounts = [100, 300, 1000, 3000];

/** `layerc check` from a cold start, and on long files. */
export const checkPart: Part<CheckData> = {
  name: "check",
  title: "Checking",
  async run() {
    console.error("check ...");
    const root = process.cwd();
    const [empty, whole]: [number[], number[]] = [[], []];
    for (let run = 0; run < 10; run++) {
      const start = performance.now();
      spawnSync(process.execPath, ["-e", ""]);
      empty.push(performance.now() - start);
      whole.push(runCli(root, ["check", path.join("examples", "deep.layers")]).seconds * 1000);
    }
    return { node: median(empty), check: median(whole), long: await longFiles() };
  },
  markdown: ({ node, check, long }) => {
    const first = long[0] as CheckData["long"][number];
    const each = (run: CheckData["long"][number]): number => run.milliseconds / run.layers;
    return [
      `\`layerc check examples/deep.layers\`, which imports another file, took ${(check / node).toFixed(1)} times as long as ` +
        `\`node -e ''\`: ${check.toFixed(0)} ms and ${node.toFixed(0)} ms, medians of 10 processes. Files of Dense layers in ` +
        "one process, the shortest of 15 checks:",
      table(
        ["layers", "ms", "time per layer, beside 100 layers"],
        long.map((run) => [
          run.layers.toLocaleString("en-US"),
          run.milliseconds.toFixed(1),
          (each(run) / each(first)).toFixed(2),
        ]),
      ),
    ].join("\n\n");
  },
};

async function longFiles(): Promise<CheckData["long"]> {
  const sources = layerCounts.map((layers) => {
    const lines = Array.from({ length: layers }, (_, at) => `  layer${at}: Dense(${8 + (at % 5)}, activation=relu)`);
    return `model Long {\n  input [8]\n${lines.join("\n")}\n}\n`;
  });
  const times: number[][] = layerCounts.map(() => []);
  for (let round = 0; round < 15; round++) {
    for (const [at, text] of sources.entries()) {
      const start = performance.now();
      const { diagnostics } = await check(text);
      times[at]?.push(performance.now() - start);
      if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message);
    }
  }
  // The shortest: what else the machine does, and when memory is collected, only adds.
  return layerCounts.map((layers, at) => ({ layers, milliseconds: Math.min(...(times[at] as number[])) }));
}
