import { boolean } from "../../layers/arguments/basic.ts";
import { nonNegativeNumber, numberBelowOne } from "../../layers/arguments/numbers.ts";

/** How slowly the moving average of the gradients moves. */
export const beta1 = {
  name: "beta_1",
  type: numberBelowOne,
  default: 0.9,
  doc: "The share of the moving average of the gradients that each step keeps.",
} as const;

/** How slowly the moving average of their squares moves. */
export const beta2 = {
  name: "beta_2",
  type: numberBelowOne,
  default: 0.999,
  doc: "The share of the moving average of the squared gradients that each step keeps.",
} as const;

/** What is added to a divisor that may be 0. */
export const epsilon = {
  name: "epsilon",
  type: nonNegativeNumber,
  default: 1e-7,
  doc: "A small number that keeps the division from one by zero.",
} as const;

/** Whether what is divided by never becomes smaller (Reddi et al., 2018). */
export const amsgrad = {
  name: "amsgrad",
  type: boolean,
  default: false,
  doc: "Whether the largest moving average of the squares so far is divided by, instead of the present one.",
} as const;

/** What sums of squared gradients begin with. */
export const initialAccumulatorValue = {
  name: "initial_accumulator_value",
  type: nonNegativeNumber,
  default: 0.1,
  doc: "What the sums of squares begin with.",
} as const;
