import { boolean } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber } from "../../layers/arguments/numbers.ts";

/** Where a schedule begins. */
export const initialLearningRate = {
  name: "initial_learning_rate",
  type: nonNegativeNumber,
  doc: "The learning rate of the first step.",
} as const;

/** Whether a schedule goes by steps. */
export const staircase = {
  name: "staircase",
  type: boolean,
  default: false,
  doc: "Whether the rate changes only after every `decay_steps` steps.",
} as const;
