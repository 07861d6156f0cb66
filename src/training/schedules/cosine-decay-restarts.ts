import { nonNegativeNumber, positiveNumber } from "../../layers/arguments/numbers.ts";
import type { ScheduleDefinition } from "./definition.ts";

export const cosineDecayRestarts: ScheduleDefinition = {
  kind: "schedule",
  identifier: "cosine_decay_restarts",
  className: "CosineDecayRestarts",
  doc: "Half waves of the cosine, one after the other: the learning rate goes down and begins again.",
  parameters: [
    { name: "initial_learning_rate", type: nonNegativeNumber, doc: "The learning rate of the first step." },
    { name: "first_decay_steps", type: positiveNumber, doc: "How many steps the first half wave has." },
    {
      name: "t_mul",
      type: positiveNumber,
      default: 2,
      doc: "How many times as long each half wave is as the one before.",
    },
    {
      name: "m_mul",
      type: nonNegativeNumber,
      default: 1,
      doc: "How many times as high each half wave begins as the one before.",
    },
    {
      name: "alpha",
      type: nonNegativeNumber,
      default: 0,
      doc: "The share of the first rate that is left at each end.",
    },
  ],
};
