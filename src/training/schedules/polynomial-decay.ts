import { boolean } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber, positiveNumber } from "../../layers/arguments/numbers.ts";
import type { ScheduleDefinition } from "./definition.ts";

export const polynomialDecay: ScheduleDefinition = {
  kind: "schedule",
  identifier: "polynomial_decay",
  className: "PolynomialDecay",
  doc: "The learning rate goes down to a last one along a power of what is left.",
  parameters: [
    { name: "initial_learning_rate", type: nonNegativeNumber, doc: "The learning rate of the first step." },
    { name: "decay_steps", type: positiveNumber, doc: "How many steps it goes down for." },
    { name: "end_learning_rate", type: nonNegativeNumber, default: 0.0001, doc: "The last learning rate." },
    { name: "power", type: nonNegativeNumber, default: 1, doc: "The power; 1: along a straight line." },
    {
      name: "cycle",
      type: boolean,
      default: false,
      doc: "Whether it begins again, each time from lower, beyond `decay_steps`.",
    },
  ],
};
