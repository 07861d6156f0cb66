import type { LoweredTraining } from "../../../gradients/lower-training.ts";
import { plainSimd, relaxedSimd, type InstructionSet } from "../../../vectors/instruction-set.ts";
import { assembleSets, type AssembledSets, type ModulePrinter } from "../assemble-sets.ts";
import { printTrainerModule, trainerVectors } from "./print-trainer-module.ts";
import { layOutTrainer, type TrainerLayout } from "./trainer-layout.ts";

/** The WebAssembly of a trainer. */
export type TrainerModules = AssembledSets<TrainerLayout>;

/** Puts the programs of a trainer on vectors, and assembles what comes of it. */
export async function assembleTrainer(lowered: LoweredTraining): Promise<TrainerModules> {
  const printer = (instructions: InstructionSet): ModulePrinter<TrainerLayout> => {
    const vectors = trainerVectors(lowered, instructions);
    return (layout, constants) => printTrainerModule(vectors, lowered, layout, instructions, constants);
  };
  return await assembleSets({ relaxed: printer(relaxedSimd), plain: printer(plainSimd) }, (constants) =>
    layOutTrainer(lowered, constants),
  );
}
