import { optional } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber, positiveNumber } from "../../layers/arguments/numbers.ts";
import type { ScheduleDefinition } from "./definition.ts";

export const cosineDecay: ScheduleDefinition = {
  kind: "schedule",
  identifier: "cosine_decay",
  className: "CosineDecay",
  doc: "The learning rate goes down along half a wave of the cosine, after a linear warm-up where there is one.",
  parameters: [
    { name: "initial_learning_rate", type: nonNegativeNumber, doc: "The learning rate of the first step." },
    { name: "decay_steps", type: positiveNumber, doc: "How many steps it goes down for." },
    { name: "alpha", type: nonNegativeNumber, default: 0, doc: "The share of the rate that is left in the end." },
    {
      name: "warmup_target",
      type: optional(nonNegativeNumber),
      default: null,
      doc: "The rate at the end of the warm-up, from which it goes down; `none`: there is no warm-up.",
    },
    { name: "warmup_steps", type: nonNegativeNumber, default: 0, doc: "How many steps the warm-up has." },
  ],
};
