import { listOf } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber } from "../../layers/arguments/numbers.ts";
import { defineSchedule, iterations } from "./definition.ts";
import { choose, stepNumber } from "../../ir/step-number.ts";

/** `values[i]` up to step `boundaries[i]`, which is still of it. */
export const piecewiseConstantDecay = defineSchedule({
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
  rate({ boundaries, values }) {
    // Steps are integers, and Keras makes the boundaries such.
    const upTo = boundaries.map(Math.trunc);
    const last = stepNumber(values[upTo.length] ?? 0);
    return upTo.reduceRight((later, boundary, at) => choose(iterations, "le", boundary, values[at] ?? 0, later), last);
  },
});
