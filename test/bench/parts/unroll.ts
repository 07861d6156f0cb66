import { contestData, type ContestData } from "../contest-data.ts";
import { contest } from "../contest.ts";
import { layercEntry } from "../contenders.ts";
import { denseStack } from "../network.ts";
import { table } from "../table.ts";
import type { Part } from "./part.ts";

const sizes = [
  [4, 4],
  [8, 8],
  [16, 16],
  [16, 32],
  [32, 32],
  [32, 48],
  [48, 48],
  [64, 64],
] as const;

const entries = [
  layercEntry("straight-line-literals", { target: "typescript", weights: "inline", unroll: "full" }, "typescript"),
  layercEntry("tiled-loops", { target: "typescript", weights: "inline", unroll: "none" }, "typescript"),
  layercEntry("straight-line-arrays", { target: "typescript", weights: "argument", unroll: "full" }, "typescript"),
];

/** One Dense layer with relu, unrolled and tiled: what the budgets of `src/passes/budget.ts` rest on. */
export const unrollPart: Part<readonly ContestData[]> = {
  name: "unroll",
  title: "Unrolling",
  async run() {
    const found: ContestData[] = [];
    for (const [inputs, units] of sizes) {
      const title = `${inputs} x ${units}`;
      console.error(`unroll ${title} ...`);
      const network = denseStack([inputs, units], "relu");
      const workload = { name: `${inputs * units}`, title, network, batch: 1, weights: "inline" } as const;
      found.push(contestData(await contest(workload, entries, { warmUp: 500, rounds: 15, milliseconds: 10 })));
    }
    return found;
  },
  markdown: (contests) =>
    [
      "ns per call of one Dense layer with relu:",
      table(
        ["multiply-adds", "straight-line, literals", "tiled loops", "straight-line, reading arrays"],
        contests.map(({ workload, nanoseconds }) => [
          workload,
          ...entries.map(({ name }) => Math.round(nanoseconds[name] ?? Number.NaN).toLocaleString("en-US")),
        ]),
      ),
    ].join("\n\n"),
};
