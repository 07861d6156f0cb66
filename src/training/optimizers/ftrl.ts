import { nonNegativeNumber, nonPositiveNumber } from "../../layers/arguments/numbers.ts";
import { raised } from "../raised.ts";
import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import { defineOptimizer } from "./definition.ts";
import { initialAccumulatorValue } from "./parameters.ts";
import { add, constant, div, local, max, min, mul, sub } from "../../ir/scalar.ts";
import { over, plus, stepLocal, times } from "../../ir/step-number.ts";
import { g, gradientSquared, w } from "./moving-averages.ts";

/** The weight that minimizes the sum of all gradients so far, linearized, and its own regularization (McMahan and others, 2013). */
export const ftrl = defineOptimizer({
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
    initialAccumulatorValue,
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
  rule(config) {
    const accumulator = add(local("accumulator"), gradientSquared);
    const exponent = -config.learning_rate_power;
    const before = raised(local("accumulator"), exponent);
    const after = raised(accumulator, exponent);
    const rate = local("rate");
    const shrunk = add(g, mul(constant(2 * config.l2_shrinkage_regularization_strength), w));
    const linear = add(local("linear"), sub(shrunk, mul(div(sub(after, before), rate), w)));
    const l1 = config.l1_regularization_strength;
    const clipped = min(max(linear, constant(-l1)), constant(l1));
    const quadratic = add(div(after, rate), local("twice_l2"));
    const l2 = plus(config.l2_regularization_strength, over(config.beta, times(2, stepLocal("learning_rate"))));
    return {
      slots: { accumulator: config.initial_accumulator_value, linear: 0 },
      numbers: { rate: stepLocal("learning_rate"), twice_l2: times(2, l2) },
      assign: { accumulator, linear, w: div(sub(clipped, linear), quadratic) },
    };
  },
});
