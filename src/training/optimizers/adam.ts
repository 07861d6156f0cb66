import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import { defineOptimizer } from "./definition.ts";
import { amsgrad, beta1, beta2, epsilon } from "./parameters.ts";
import { adamRule } from "./adam-rule.ts";

export const adam = defineOptimizer({
  identifier: "adam",
  className: "Adam",
  doc: "Moving averages of the gradient and of its square make a step of its own for each weight: the usual first choice.",
  parameters: [learningRate(0.001), beta1, beta2, epsilon, amsgrad, ...commonParameters],
  rule: adamRule,
});
