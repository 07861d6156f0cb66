import type { Graph } from "../../ir/graph.ts";
import { modelPrograms } from "../../vectors/model-programs.ts";
import { plainSimd, relaxedSimd, type InstructionSet } from "../../vectors/instruction-set.ts";
import { assembleSets, type AssembledSets, type ModulePrinter } from "./assemble-sets.ts";
import { layOutMemory, type MemoryLayout } from "./memory-layout.ts";
import { isTooLarge, unsupportedLookup } from "./unsupported-reason.ts";
import { printModule, type ModulePrograms } from "./print-module.ts";

/** The WebAssembly of a model. */
export interface WasmModules extends AssembledSets<MemoryLayout> {
  /** Whether the inputs themselves are the indices of the first lookup. */
  readonly looksInputsUp: boolean;
  /** Whether they have a function for one sample, and another one only for `fewestMany` or more. */
  readonly hasOne: boolean;
}

/**
 * Lowers a graph to vectors for both instruction sets, and assembles what comes of it. A call computes at most
 * `chunkSamples` samples; with run-time dims it computes one. Nothing for a model that WebAssembly can't run (`unsupported-reason.ts`).
 */
export async function assembleModules(graph: Graph, chunkSamples: number): Promise<WasmModules | undefined> {
  if (unsupportedLookup(graph) !== undefined) return undefined;
  const batched = chunkSamples > 1;
  const programs = (instructions: InstructionSet): ModulePrograms => ({
    instructions,
    batched,
    ...modelPrograms(graph, instructions),
  });
  const [relaxed, plain] = [programs(relaxedSimd), programs(plainSimd)];
  const layOut = (constants: number) => layOutMemory(relaxed.program, constants, chunkSamples);
  if (isTooLarge(layOut(0))) return undefined;
  const printer =
    (printed: ModulePrograms): ModulePrinter<MemoryLayout> =>
    (layout, constants) =>
      printModule(printed, layout, constants);
  return {
    ...(await assembleSets({ relaxed: printer(relaxed), plain: printer(plain) }, layOut)),
    looksInputsUp: graph.operations.find(({ kind }) => kind !== "reshape")?.kind === "embedding",
    hasOne: relaxed.single !== undefined,
  };
}
