import { nonNegativeNumber, numberBelowOne } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import type { OptimizerDefinition } from "./definition.ts";

export const lamb: OptimizerDefinition = {
  kind: "optimizer",
  identifier: "lamb",
  className: "Lamb",
  doc: "Adam whose step is as long as the weight's own length allows: for large batches.",
  parameters: [
    learningRate(0.001),
    {
      name: "beta_1",
      type: numberBelowOne,
      default: 0.9,
      doc: "The share of the moving average of the gradients that each step keeps.",
    },
    {
      name: "beta_2",
      type: numberBelowOne,
      default: 0.999,
      doc: "The share of the moving average of the squared gradients that each step keeps.",
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
