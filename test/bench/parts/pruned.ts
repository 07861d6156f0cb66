import { statSync } from "node:fs";
import path from "node:path";
import { layercEntry, type ContenderEntry } from "../contenders.ts";
import { contestData, type ContestData } from "../contest-data.ts";
import { contest } from "../contest.ts";
import { moduleFolder, type ModuleOptions } from "../layerc-module.ts";
import type { Pruning } from "../prune.ts";
import { formatBytes, formatTime, table, threeDigits } from "../table.ts";
import { workloads, type NamedWorkload } from "../workloads.ts";
import type { Part } from "./part.ts";

/** The share of weights that is 0. */
const zeros = 0.9;

interface PrunedData {
  readonly wasm: readonly { readonly form: Pruning["form"]; readonly contest: ContestData }[];
  readonly typescript: { readonly contest: ContestData; readonly bytes: Readonly<Record<string, number>> } | undefined;
}

/** Both compute the same: what is dense multiplies by the zeros as by other numbers. */
const wasm = [
  layercEntry("pruned", { target: "wasm", weights: "inline" }, "wasm-relaxed-simd"),
  layercEntry("dense", { target: "wasm", keepZeros: true }, "wasm-relaxed-simd"),
];

const straightLine: Readonly<Record<string, ModuleOptions>> = {
  pruned: { target: "typescript", weights: "inline" },
  dense: { target: "typescript", weights: "inline", keepZeros: true },
  "dense-full": { target: "typescript", weights: "inline", keepZeros: true, unroll: "full" },
};

/** Networks of whose weights nine tenths are 0, with and without the zeros multiplied. */
export const prunedPart: Part<PrunedData> = {
  name: "pruned",
  title: "Pruned weights",
  async run({ only }) {
    const chosen = (names: readonly string[]): readonly NamedWorkload[] =>
      workloads.filter(({ name }) => names.includes(name) && (only === undefined || only.includes(name)));
    const found: PrunedData["wasm"][number][] = [];
    for (const [form, names] of [
      ["blocks", ["M", "L", "G", "XL", "M64", "L256"]],
      // All of XL inside a module would measure how long that is to read.
      ["weights", ["M", "L", "G", "M64", "L256"]],
    ] as const) {
      for (const workload of chosen(names)) {
        console.error(`pruned ${form} ${workload.name} ...`);
        found.push({ form, contest: contestData(await contest(prunedWorkload(workload, form), wasm, rounds), wasm) });
      }
    }
    const [small] = chosen(["S"]);
    return { wasm: found, typescript: small === undefined ? undefined : await inTypeScript(small) };
  },
  markdown: ({ wasm: found, typescript }) =>
    [
      "90 % of the weights are 0. WebAssembly, float32: how many times as fast as with `--keep-zeros`:",
      table(
        ["", "what is 0", "dense", "pruned", "times as fast"],
        found.map(({ form, contest: { workload, nanoseconds, timesAsFast } }) => [
          workload,
          form === "blocks" ? "4 x 8 blocks" : "single weights",
          formatTime(nanoseconds["dense"] ?? Number.NaN),
          formatTime(nanoseconds["pruned"] ?? Number.NaN),
          threeDigits(timesAsFast["pruned"]?.["dense"] ?? Number.NaN),
        ]),
      ),
      ...(typescript === undefined ? [] : ["TypeScript, S, single weights:", smallTable(typescript)]),
    ].join("\n\n"),
};

const rounds = { warmUp: 500, rounds: 15, milliseconds: 30 };

function prunedWorkload(workload: NamedWorkload, form: Pruning["form"]): NamedWorkload {
  return { ...workload, network: { ...workload.network, pruned: { zeros, form } } };
}

async function inTypeScript(small: NamedWorkload): Promise<NonNullable<PrunedData["typescript"]>> {
  console.error(`pruned weights ${small.name} in TypeScript ...`);
  const bytes: Record<string, number> = {};
  const entries = Object.entries(straightLine).map(([name, options]): ContenderEntry => {
    const entry = layercEntry(name, options, "typescript");
    return {
      ...entry,
      async start(folder, workload) {
        const launch = await entry.start(folder, workload);
        bytes[name] = statSync(path.join(folder, moduleFolder(options), "net.js")).size;
        return launch;
      },
    };
  });
  return { contest: contestData(await contest(prunedWorkload(small, "weights"), entries, rounds), entries), bytes };
}

function smallTable({ contest: { nanoseconds, timesAsFast }, bytes }: NonNullable<PrunedData["typescript"]>): string {
  return table(
    ["", "time", "source", "pruned: times as fast", "pruned: part of the source"],
    Object.keys(straightLine).map((name) => [
      name,
      formatTime(nanoseconds[name] ?? Number.NaN),
      formatBytes(bytes[name] ?? Number.NaN),
      name === "pruned" ? "" : threeDigits(timesAsFast["pruned"]?.[name] ?? Number.NaN),
      name === "pruned" ? "" : threeDigits((bytes["pruned"] ?? Number.NaN) / (bytes[name] ?? Number.NaN)),
    ]),
  );
}
