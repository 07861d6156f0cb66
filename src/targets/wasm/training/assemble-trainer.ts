import type { LoweredTraining } from "../../../gradients/lower-training.ts";
import { plainSimd, relaxedSimd } from "../../../vectors/instruction-set.ts";
import type { WasmModule } from "../assemble.ts";
import { assembleText } from "../assembler.ts";
import type { Constants } from "../module-parts.ts";
import type { Lookup } from "../print-module.ts";
import { printTrainerModule, trainerVectors } from "./print-trainer-module.ts";
import { layOutTrainer, type TrainerLayout } from "./trainer-layout.ts";

/** The WebAssembly of a trainer for both instruction sets, which share one memory layout. */
export interface TrainerModules {
  readonly layout: TrainerLayout;
  readonly relaxed: WasmModule;
  readonly plain: WasmModule;
  readonly lookups: readonly Lookup[];
}

/** Puts the programs of a trainer on vectors, and assembles what comes of it. */
export async function assembleTrainer(lowered: LoweredTraining): Promise<TrainerModules> {
  const sets = [relaxedSimd, plainSimd].map((instructions) => ({
    instructions,
    vectors: trainerVectors(lowered, instructions),
  }));
  const constants: Constants = new Map();
  const print = (layout: TrainerLayout) =>
    sets.map(({ vectors, instructions }) => printTrainerModule(vectors, lowered, layout, instructions, constants));
  // Where arrays lie depends on how many constants come before them, which is known when all is printed.
  print(layOutTrainer(lowered, 0));
  const layout = layOutTrainer(lowered, constants.size);
  const [relaxed, plain] = print(layout);
  if (relaxed === undefined || plain === undefined) throw new Error("two instruction sets give two modules");
  return {
    layout,
    relaxed: { text: relaxed.text, bytes: await assembleText(relaxed.text) },
    plain: { text: plain.text, bytes: await assembleText(plain.text) },
    lookups: relaxed.lookups,
  };
}
