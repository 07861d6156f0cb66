import { nonNegativeNumber, numberBelowOne } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import type { OptimizerDefinition } from "./definition.ts";

export const adamax: OptimizerDefinition = {
  kind: "optimizer",
  identifier: "adamax",
  className: "Adamax",
  doc: "Adam with the largest of the latest gradients in place of their root mean square.",
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
      doc: "The share of the largest gradient so far that each step keeps.",
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
