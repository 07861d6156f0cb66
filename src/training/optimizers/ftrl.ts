import { nonNegativeNumber, nonPositiveNumber } from "../../layers/arguments/numbers.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import type { OptimizerDefinition } from "./definition.ts";

export const ftrl: OptimizerDefinition = {
  kind: "optimizer",
  identifier: "ftrl",
  className: "Ftrl",
  doc: "Follow the regularized leader: for large, sparse inputs; its own regularization sets weights to exactly zero.",
  parameters: [
    learningRate(0.001),
    {
      name: "learning_rate_power",
      type: nonPositiveNumber,
      default: -0.5,
      doc: "The power of the sum of squares by which the step becomes smaller; 0: it does not.",
    },
    {
      name: "initial_accumulator_value",
      type: nonNegativeNumber,
      default: 0.1,
      doc: "What the sums of squares begin with.",
    },
    {
      name: "l1_regularization_strength",
      type: nonNegativeNumber,
      default: 0,
      doc: "How strongly weights are drawn to exactly zero.",
    },
    {
      name: "l2_regularization_strength",
      type: nonNegativeNumber,
      default: 0,
      doc: "How strongly large weights are made smaller.",
    },
    {
      name: "l2_shrinkage_regularization_strength",
      type: nonNegativeNumber,
      default: 0,
      doc: "The same as a penalty that acts with the gradient only.",
    },
    { name: "beta", type: nonNegativeNumber, default: 0, doc: "A number that makes the first steps smaller." },
    ...commonParameters,
  ],
};
