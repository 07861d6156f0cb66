import { boolean } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber, numberBelowOne } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import { defineOptimizer } from "./definition.ts";
import { adamRule } from "./adam-rule.ts";

export const adam = defineOptimizer({
  identifier: "adam",
  className: "Adam",
  doc: "Moving averages of the gradient and of its square make a step of its own for each weight: the usual first choice.",
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
    {
      name: "amsgrad",
      type: boolean,
      default: false,
      doc: "Whether the largest moving average of the squares so far is divided by, instead of the present one.",
    },
    ...commonParameters,
  ],
  rule: adamRule,
});
