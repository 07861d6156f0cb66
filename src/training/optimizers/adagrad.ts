import { nonNegativeNumber } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import type { OptimizerDefinition } from "./definition.ts";

export const adagrad: OptimizerDefinition = {
  kind: "optimizer",
  identifier: "adagrad",
  className: "Adagrad",
  doc: "Divides each gradient by the root of the sum of all its squares so far: often changed weights change less.",
  parameters: [
    learningRate(0.001),
    {
      name: "initial_accumulator_value",
      type: nonNegativeNumber,
      default: 0.1,
      doc: "What the sums of squares begin with.",
    },
    {
      name: "epsilon",
      type: nonNegativeNumber,
      default: 1e-7,
      doc: "A small number that keeps the division from one by zero.",
    },
    ...commonParameters,
  ],
};
