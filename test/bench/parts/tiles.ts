import { modelPrograms } from "../../../src/vectors/model-programs.ts";
import { plainSimd, relaxedSimd, type InstructionSet } from "../../../src/vectors/instruction-set.ts";
import { assembleText } from "../../../src/targets/wasm/assembler.ts";
import { layOutMemory } from "../../../src/targets/wasm/memory-layout.ts";
import type { Constants } from "../../../src/targets/wasm/module-parts.ts";
import { chunkBudget } from "../../../src/targets/wasm/plan-fallback.ts";
import { printModule } from "../../../src/targets/wasm/print-module.ts";
import { lowerText } from "../estimates/lower.ts";
import { networkSource, randomFloats } from "../network.ts";
import { formatTime, table } from "../table.ts";
import { workloads, type NamedWorkload } from "../workloads.ts";
import type { Part } from "./part.ts";

/** A tile of rows by panels, and the inputs that its loop takes at once. */
type Tile = Pick<InstructionSet, "tileRows" | "tilePanels" | "tileInputs">;

interface Measured extends Tile {
  readonly workload: string;
  readonly instructions: string;
  /** Whether layerc takes it. */
  readonly own: boolean;
  /** Per sample of a chunk: the mean of the fastest rounds. */
  readonly nanoseconds: number;
}

/** So short that the system rarely runs something else within one: the fastest of them are the kernels alone. */
const milliseconds = 3;
const rounds = 120;
const fastest = 12;
/** More sums than this do not stay in registers, by far. */
const mostSums = 16;

const candidates: readonly Tile[] = [2, 3, 4, 5, 6, 7, 8].flatMap((tileRows) =>
  [1, 2, 3].flatMap((tilePanels) =>
    tileRows * tilePanels * 2 > mostSums ? [] : [1, 2, 4].map((tileInputs) => ({ tileRows, tilePanels, tileInputs })),
  ),
);

/** Batches with tiles of every size that may fit into registers, on the compiler's own code: the search for the fastest one. */
export const tilesPart: Part<readonly Measured[]> = {
  name: "tiles",
  title: "Tiles of rows by panels",
  async run({ only }) {
    const found: Measured[] = [];
    for (const workload of workloads.filter(
      ({ name, batch }) => (only ?? ["M64", "L256"]).includes(name) && batch > 1,
    )) {
      for (const instructions of [relaxedSimd, plainSimd]) {
        console.error(`tiles ${workload.name}, ${instructions.name}: ${candidates.length} tiles ...`);
        found.push(...(await measure(workload, instructions)));
      }
    }
    return found;
  },
  markdown(measured) {
    const title = ({ workload, instructions }: Measured): string => `${workload}, ${instructions}`;
    return [...new Set(measured.map(title))]
      .map((group) => {
        const sorted = measured.filter((one) => title(one) === group).toSorted((a, b) => a.nanoseconds - b.nanoseconds);
        const best = (sorted[0] as Measured).nanoseconds;
        const shown = sorted.filter(({ own }, at) => own || at < 8);
        const rows = shown.map(({ tileRows, tilePanels, tileInputs, own, nanoseconds }) => [
          `${tileRows} x ${tilePanels * 8}${own ? " (layerc)" : ""}`,
          tileInputs,
          formatTime(nanoseconds),
          (nanoseconds / best).toFixed(3),
        ]);
        return `${group}:\n\n${table(["rows x units", "inputs a step", "per sample", "times the fastest"], rows)}`;
      })
      .join("\n\n");
  },
};

async function measure(workload: NamedWorkload, instructions: InstructionSet): Promise<readonly Measured[]> {
  const { lowered } = await lowerText(networkSource(workload.network));
  const runs: { readonly tile: Tile; readonly call: () => number; readonly times: number[] }[] = [];
  const samples = Math.min(workload.batch, chunkBudget.samples);
  for (const tile of candidates) {
    const { program } = modelPrograms(lowered.graph, { ...instructions, ...tile });
    const printed = { program, instructions, batched: true };
    const constants: Constants = new Map();
    printModule(printed, layOutMemory(program, 0, chunkBudget.samples), constants);
    const layout = layOutMemory(program, constants.size, chunkBudget.samples);
    const bytes = await assembleText(printModule(printed, layout, constants).text);
    const module = await WebAssembly.compile(bytes as BufferSource);
    const { memory, run } = (await WebAssembly.instantiate(module)).exports as unknown as {
      readonly memory: { readonly buffer: ArrayBuffer };
      run(samples: number): number;
    };
    for (const { start, length } of layout.weights.values()) {
      new Float32Array(memory.buffer, start, length).set(randomFloats("weights", length, 0.05));
    }
    const input = layout.buffers?.get("x") as number;
    const inputs = chunkBudget.samples * workload.network.inputs;
    new Float32Array(memory.buffer, input, inputs).set(randomFloats("inputs", inputs, 1));
    runs.push({ tile, call: () => run(samples), times: [] });
  }
  const runFor = (call: () => number): number => {
    const start = performance.now();
    let [calls, now] = [0, start];
    for (; now < start + milliseconds; calls++, now = performance.now()) call();
    return ((now - start) * 1e6) / calls;
  };
  for (const { call } of runs) runFor(call);
  for (let round = 0; round < rounds; round++) for (const { call, times } of runs) times.push(runFor(call));
  return runs.map(({ tile, times }) => {
    const fast = times.toSorted((a, b) => a - b).slice(0, fastest);
    const isOwn = (Object.keys(tile) as (keyof Tile)[]).every((key) => tile[key] === instructions[key]);
    const nanoseconds = fast.reduce((sum, time) => sum + time, 0) / fast.length / samples;
    return { workload: workload.name, instructions: instructions.name, ...tile, own: isOwn, nanoseconds };
  });
}
