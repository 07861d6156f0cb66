import { listOf } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber } from "../../layers/arguments/numbers.ts";
import type { ScheduleDefinition } from "./definition.ts";

export const piecewiseConstantDecay: ScheduleDefinition = {
  kind: "schedule",
  identifier: "piecewise_constant_decay",
  className: "PiecewiseConstantDecay",
  doc: "A learning rate for each stretch of steps.",
  parameters: [
    {
      name: "boundaries",
      type: listOf(nonNegativeNumber, "a list of non-negative numbers"),
      doc: "The last step of each stretch but the last one, counted from 0 and rising.",
    },
    {
      name: "values",
      type: listOf(nonNegativeNumber, "a list of non-negative numbers"),
      doc: "The learning rate of each stretch: one more than there are boundaries.",
    },
  ],
};
