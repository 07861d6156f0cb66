import { contestData, contestTable, timeCell, type ContestData } from "../contest-data.ts";
import { chosenContenders, contest } from "../contest.ts";
import type { Options } from "../options.ts";
import { threeDigits } from "../table.ts";
import { workloads } from "../workloads.ts";
import type { Part } from "./part.ts";

/** Every contender on every workload: times, ratios and errors. */
export const workloadsPart: Part<readonly ContestData[]> = {
  name: "workloads",
  title: "Workloads",
  async run({ only, peers }: Options) {
    const entries = chosenContenders(peers);
    const found: ContestData[] = [];
    for (const workload of workloads) {
      if (only !== undefined && !only.includes(workload.name)) continue;
      console.error(`workloads ${workload.name}: ${workload.title} ...`);
      found.push(contestData(await contest(workload, entries, { warmUp: 500, rounds: 15, milliseconds: 50 })));
    }
    return found;
  },
  markdown(contests) {
    const sections = ["Median time per call:", contestTable(contests, timeCell)];
    // The first of layerc's that ran; a partial run may leave some out.
    const first = ["layerc-auto", "layerc-wasm", "layerc-ts"].find((name) =>
      contests.some(({ nanoseconds }) => nanoseconds[name] !== undefined),
    );
    if (first !== undefined) {
      const ratio = ({ timesAsFast }: ContestData, other: string): string =>
        other === first ? "1" : threeDigits(timesAsFast[first]?.[other] ?? Number.NaN);
      sections.push(
        `How many times as fast ${first} is, pair by pair (below 1, the other is faster):`,
        contestTable(contests, ratio),
      );
    }
    const error = ({ errors }: ContestData, name: string): string => errors[name]?.toExponential(1) ?? "–";
    sections.push("Relative RMS error against float64:", contestTable(contests, error));
    const skipped = contests.flatMap((contest) =>
      Object.entries(contest.skipped).map(([name, reason]) => `${contest.workload} ${name} (${reason})`),
    );
    if (skipped.length > 0) sections.push(`Not run: ${skipped.join("; ")}.`);
    return sections.join("\n\n");
  },
};
