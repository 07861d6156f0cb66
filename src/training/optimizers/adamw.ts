import { nonNegativeNumber } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { clippingParameters } from "./common.ts";
import { defineOptimizer } from "./definition.ts";
import { amsgrad, beta1, beta2, epsilon } from "./parameters.ts";
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
    beta1,
    beta2,
    epsilon,
    amsgrad,
    ...clippingParameters,
  ],
  rule: adamRule,
});
