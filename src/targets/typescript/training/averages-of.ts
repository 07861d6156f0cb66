import { averageName, type Slot } from "../../../gradients/update.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";

/** The moving averages of weights that a trainer keeps. */
export function averagesOf({ lowered }: TrainerUnit): readonly Slot[] {
  return lowered.program.slots.filter(({ name }) => name === averageName);
}
