import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { layercEntry } from "../contenders.ts";
import { launchCommand } from "../contest.ts";
import { accuracyOf, factorOff, judge, type Judged } from "../estimates/accuracy.ts";
import { estimatedModels, type EstimatedModel } from "../estimates/models.ts";
import { recordedModels, writeEstimates, type Estimates } from "../estimates/recorded.ts";
import { writeModel } from "../estimates/write-model.ts";
import { startProcess, type LineProcess } from "../process.ts";
import { thisMachine } from "../results.ts";
import { interleavedRounds } from "../rounds.ts";
import { formatTime, median, table } from "../table.ts";
import type { Part } from "./part.ts";

const entries = [
  layercEntry("typescript", { target: "typescript" }, "typescript"),
  layercEntry("wasm", { target: "wasm" }, "wasm-relaxed-simd"),
];

/** What was measured, with what the cost models say of it. */
export interface JudgedEstimates extends Estimates {
  readonly judged: readonly Judged[];
}

const groups = {
  fitted: "stacks of Dense that the numbers were fitted to",
  dense: "other stacks of Dense",
  other: "models of other kinds",
} as const;

/** How far off the times are that the cost models of the targets expect. */
export const estimatesPart: Part<JudgedEstimates> = {
  name: "estimates",
  title: "Estimated times",
  async run() {
    const measured: Estimates["measured"][number][] = [];
    for (const model of estimatedModels) {
      console.error(`estimates ${model.title} ...`);
      measured.push({ title: model.title, nanoseconds: await measure(model) });
    }
    const estimates = { machine: thisMachine(), measured };
    writeEstimates(estimates);
    return { ...estimates, judged: await judge(recordedModels(estimates)) };
  },
  markdown({ machine, judged }) {
    const of = (group: EstimatedModel["group"]): readonly Judged[] => judged.filter((model) => model.group === group);
    return [
      `${machine.cpu}, Node ${machine.node}. By what factor the expected time is off, in either direction: the median, and in brackets the most.`,
      table(
        ["models", "", "TypeScript", "WebAssembly"],
        (["fitted", "dense", "other"] as const).map((group) => [
          groups[group],
          of(group).length,
          summary(of(group), "typescript"),
          summary(of(group), "wasm"),
        ]),
      ),
      "Those that the numbers were not fitted to; in brackets what was expected, and how far off that is:",
      table(
        ["", "TypeScript", "WebAssembly"],
        [...of("dense"), ...of("other")].map((model) => [model.title, cell(model, "typescript"), cell(model, "wasm")]),
      ),
    ].join("\n\n");
  },
};

function summary(models: readonly Judged[], target: "typescript" | "wasm"): string {
  const { median: usual, most } = accuracyOf(models, target);
  return `${usual.toFixed(2)} (${most.toFixed(2)})`;
}

function cell(model: Judged, target: "typescript" | "wasm"): string {
  const [measured, expected] = [model[target], model.expected[target]];
  return `${formatTime(measured)} (${formatTime(expected)}, ${factorOff(expected, measured).toFixed(2)})`;
}

async function measure(model: EstimatedModel): Promise<Estimates["measured"][number]["nanoseconds"]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "layerc-bench-"));
  const processes = new Map<string, LineProcess>();
  try {
    await writeModel(folder, model);
    for (const entry of entries) {
      const child = startProcess(launchCommand(await entry.start(folder, model)));
      processes.set(entry.name, child);
      await child.ask(`prepare ${folder} ${entry.name}`);
    }
    // A call of the largest takes longer than a round of the others.
    const rounds = await interleavedRounds(processes, { warmUp: 500, rounds: 25, milliseconds: 10 }, (_, error) => {
      throw error;
    });
    const of = (name: string): number => Number(median(rounds.get(name) ?? []).toPrecision(4));
    return { typescript: of("typescript"), wasm: of("wasm") };
  } finally {
    for (const child of processes.values()) child.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
