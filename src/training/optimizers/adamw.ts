import { boolean } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber, numberBelowOne } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { clippingParameters } from "./common.ts";
import { defineOptimizer } from "./definition.ts";
import { adamRule } from "./adam-rule.ts";

/** Adam; its weight decay is what all optimizers have (`common.ts`), with a default. */
export const adamw = defineOptimizer({
  identifier: "adamw",
  className: "AdamW",
  doc: "Adam with weight decay that is apart from the gradient.",
  parameters: [
    learningRate(0.001),
    {
      name: "weight_decay",
      type: nonNegativeNumber,
      default: 0.004,
      doc: "Each step takes this share of a weight, times the learning rate, away from it first.",
    },
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
    ...clippingParameters,
  ],
  rule: adamRule,
});
