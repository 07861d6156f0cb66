import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { minified, sizeOf, type Size } from "../code-size.ts";
import { contestData, contestTable, timeCell, type ContestData } from "../contest-data.ts";
import { chosenContenders, contest } from "../contest.ts";
import { heapGrowth } from "../heap-growth.ts";
import { layercModule } from "../layerc-module.ts";
import type { Options } from "../options.ts";
import { formatBytes, table, threeDigits } from "../table.ts";
import { trainingContenders, trainerOptions } from "../training/training-contenders.ts";
import { trainingTask } from "../training/training-task.ts";
import { workloads, type NamedWorkload } from "../workloads.ts";
import type { Part } from "./part.ts";

export interface TrainingData {
  readonly contests: readonly ContestData[];
  /** What a step leaves on the heap and in array buffers. */
  readonly heap: readonly { readonly workload: string; readonly contender: string; readonly bytesPerStep: number }[];
  /** Of `create<Name>Trainer` in an application that calls it. */
  readonly sizes: readonly (Size & { readonly workload: string; readonly contender: string })[];
}

const batch = 32;
/** Over how many steps memory is looked at. */
const heapSteps: Readonly<Record<string, number>> = { T: 10_000, M: 1000 };

/** A step of training on 32 samples. */
export const trainingPart: Part<TrainingData> = {
  name: "training",
  title: "Training",
  async run({ only, peers }: Options) {
    const entries = chosenContenders(peers, trainingContenders);
    const chosen = (only ?? ["T", "M", "L"]).map((name): NamedWorkload => {
      const workload = workloads.find((each) => each.name === name);
      if (workload === undefined) throw new Error(`no workload ${name}`);
      return { ...workload, batch };
    });
    const contests: ContestData[] = [];
    for (const workload of chosen) {
      console.error(`training ${workload.name}: ${workload.title} ...`);
      const rounds = { warmUp: 1000, rounds: 15, milliseconds: 50 };
      contests.push(contestData(await contest(workload, entries, rounds, trainingTask), entries));
    }
    const found: Pick<TrainingData, "heap" | "sizes">[] = [];
    for (const workload of chosen) {
      const steps = heapSteps[workload.name];
      if (steps !== undefined) found.push(await costs(workload, steps, peers));
    }
    return { contests, heap: found.flatMap(({ heap }) => heap), sizes: found.flatMap(({ sizes }) => sizes) };
  },
  markdown({ contests, heap, sizes }) {
    const ratios = (first: string): string =>
      contestTable(
        contests,
        ({ timesAsFast }, other) => (other === first ? "1" : threeDigits(timesAsFast[first]?.[other] ?? Number.NaN)),
        undefined,
        trainingContenders,
      );
    const own = ["layerc-ts", "layerc-wasm"].filter((name) =>
      contests.some(({ nanoseconds }) => nanoseconds[name] !== undefined),
    );
    const torch = contests.find(({ notes }) => notes["pytorch"] !== undefined)?.notes["pytorch"];
    const skipped = contests.flatMap((each) =>
      Object.entries(each.skipped).map(([name, reason]) => `${each.workload} ${name} (${reason})`),
    );
    return [
      `Median time per step${torch === undefined ? "" : ` (PyTorch ${torch})`}:`,
      contestTable(contests, timeCell, undefined, trainingContenders),
      ...own.flatMap((name) => [`How many times as fast ${name} is (below 1, the other is faster):`, ratios(name)]),
      "How far the losses of the first 32 steps are from float64's, relative RMS; of brain.js and synaptic, outputs:",
      contestTable(contests, ({ errors }, name) => errors[name]?.toExponential(1), undefined, trainingContenders),
      ...(skipped.length === 0 ? [] : [`Not run: ${skipped.join("; ")}.`]),
      "What the heap and array buffers grow by in a step, of 10,000 (T) or 1,000 (M), and the code of the trainer in an application that calls it, minified, and gzipped:",
      table(
        ["", "", "bytes per step", "code"],
        sizes.map(({ workload, contender, raw, gzipped }) => [
          workload,
          contender,
          heap.find((each) => each.workload === workload && each.contender === contender)?.bytesPerStep.toFixed(2) ??
            "–",
          `${formatBytes(raw)}, ${formatBytes(gzipped)}`,
        ]),
      ),
    ].join("\n\n");
  },
};

/** Memory that steps leave, and the size of their code. */
async function costs(
  workload: NamedWorkload,
  steps: number,
  peers: Options["peers"],
): Promise<Pick<TrainingData, "heap" | "sizes">> {
  const [heap, sizes]: [TrainingData["heap"][number][], TrainingData["sizes"][number][]] = [[], []];
  const { name } = workload;
  const folder = mkdtempSync(path.join(os.tmpdir(), "layerc-bench-"));
  trainingTask.write(folder, workload);
  for (const [contender, target] of [
    ["layerc-ts", "typescript"],
    ["layerc-wasm", "wasm"],
  ] as const) {
    if (peers !== undefined && !peers.includes(contender)) continue;
    console.error(`training ${name}: memory and code of ${contender} ...`);
    const launch = await trainingContenders.find((entry) => entry.name === contender)?.start(folder, workload);
    if (launch?.kind !== "script") continue;
    heap.push({ workload: name, contender, bytesPerStep: heapGrowth(folder, steps, launch).bytes / steps });
    const module = await layercModule(folder, trainerOptions(target));
    const entry = path.join(path.dirname(module), "entry.js");
    writeFileSync(entry, `export { createNetTrainer } from "./net.js";\n`);
    sizes.push({ workload: name, contender, ...sizeOf([await minified(entry)]) });
  }
  rmSync(folder, { recursive: true, force: true });
  return { heap, sizes };
}
