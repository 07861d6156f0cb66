import type { Graph } from "../../ir/graph.ts";
import { modelPrograms } from "../../vectors/model-programs.ts";
import { plainSimd, relaxedSimd } from "../../vectors/instruction-set.ts";
import { assembleText } from "./assembler.ts";
import { layOutMemory, type MemoryLayout } from "./memory-layout.ts";
import { isTooLarge, unsupportedLookup } from "./unsupported-reason.ts";
import type { Constants } from "./module-parts.ts";
import { printModule, type Lookup, type ModulePrograms } from "./print-module.ts";

/** The WebAssembly of a model for both instruction sets, which share one memory layout. */
export interface WasmModules {
  readonly layout: MemoryLayout;
  readonly relaxed: WasmModule;
  readonly plain: WasmModule;
  readonly lookups: readonly Lookup[];
  /** Whether the inputs themselves are the indices of the first lookup. */
  readonly looksInputsUp: boolean;
  /** Whether they have a function for one sample, and another one only for `fewestMany` or more. */
  readonly hasOne: boolean;
}

export interface WasmModule {
  /** WebAssembly text. */
  readonly text: string;
  readonly bytes: Uint8Array;
}

/**
 * Lowers a graph to vectors for both instruction sets, and assembles what comes of it. A call computes at most
 * `chunkSamples` samples; with run-time dims it computes one. Nothing for a model that WebAssembly can't run (`unsupported-reason.ts`).
 */
export async function assembleModules(graph: Graph, chunkSamples: number): Promise<WasmModules | undefined> {
  if (unsupportedLookup(graph) !== undefined) return undefined;
  const batched = chunkSamples > 1;
  const programs = [relaxedSimd, plainSimd].map((instructions): ModulePrograms => ({
    instructions,
    batched,
    ...modelPrograms(graph, instructions),
  }));
  const constants: Constants = new Map();
  const print = (layout: MemoryLayout) => programs.map((modules) => printModule(modules, layout, constants));
  const [first] = programs as [ModulePrograms];
  // Where weights lie depends on how many constants come before them, which is known when all is printed.
  const guessed = layOutMemory(first.program, 0, chunkSamples);
  if (isTooLarge(guessed)) return undefined;
  print(guessed);
  const layout = layOutMemory(first.program, constants.size, chunkSamples);
  const [relaxed, plain] = print(layout);
  if (relaxed === undefined || plain === undefined) throw new Error("two instruction sets give two modules");
  return {
    layout,
    relaxed: { text: relaxed.text, bytes: await assembleText(relaxed.text) },
    plain: { text: plain.text, bytes: await assembleText(plain.text) },
    lookups: relaxed.lookups,
    looksInputsUp: graph.operations.find(({ kind }) => kind !== "reshape")?.kind === "embedding",
    hasOne: first.single !== undefined,
  };
}
