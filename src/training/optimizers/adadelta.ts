import { nonNegativeNumber, numberBetween } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import type { OptimizerDefinition } from "./definition.ts";

export const adadelta: OptimizerDefinition = {
  kind: "optimizer",
  identifier: "adadelta",
  className: "Adadelta",
  doc: "Scales each gradient by the root mean square of the latest changes over that of the latest gradients.",
  parameters: [
    learningRate(0.001),
    {
      name: "rho",
      type: numberBetween(0, 1),
      default: 0.95,
      doc: "The share of the moving averages that each step keeps.",
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
