import { numberBetween, positiveShare } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import type { OptimizerDefinition } from "./definition.ts";

export const lion: OptimizerDefinition = {
  kind: "optimizer",
  identifier: "lion",
  className: "Lion",
  doc: "Steps of one size: only the sign of a mean of the gradient and its moving average counts.",
  parameters: [
    learningRate(0.001),
    {
      name: "beta_1",
      type: positiveShare,
      default: 0.9,
      doc: "The share of the moving average in the mean whose sign is gone by.",
    },
    {
      name: "beta_2",
      type: numberBetween(0, 1),
      default: 0.99,
      doc: "The share of the moving average that each step keeps.",
    },
    ...commonParameters,
  ],
};
