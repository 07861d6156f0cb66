import { learningRate } from "../schedules/learning-rate.ts";
import { commonParameters } from "./common.ts";
import { defineOptimizer } from "./definition.ts";
import { epsilon, initialAccumulatorValue } from "./parameters.ts";
import { add, constant, div, local, mul, sqrt, sub } from "../../ir/scalar.ts";
import { stepLocal } from "../../ir/step-number.ts";
import { g, gradientSquared, w } from "./moving-averages.ts";

/** `w -= rate * g / sqrt(a + epsilon)`, where `a` is the sum of `g * g` so far. */
export const adagrad = defineOptimizer({
  identifier: "adagrad",
  className: "Adagrad",
  doc: "Divides each gradient by the root of the sum of all its squares so far: often changed weights change less.",
  parameters: [learningRate(0.001), initialAccumulatorValue, epsilon, ...commonParameters],
  rule({ initial_accumulator_value: initial, epsilon }) {
    const accumulator = add(local("accumulator"), gradientSquared);
    const change = div(mul(local("rate"), g), sqrt(add(accumulator, constant(epsilon))));
    return {
      slots: { accumulator: initial },
      numbers: { rate: stepLocal("learning_rate") },
      assign: { accumulator, w: sub(w, change) },
    };
  },
});
