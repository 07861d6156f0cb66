import { basic } from "./basic.ts";
import { constants, inputs } from "./constants.ts";
import { microsoft } from "./microsoft.ts";
import type { OperatorModel } from "./operator-model.ts";
import { pytorch } from "./pytorch.ts";
import { scikitLearn } from "./scikit-learn.ts";

/** All models whose values are recorded, and that the table in the importers' README names. */
export const operatorModels: readonly OperatorModel[] = [
  ...basic,
  ...scikitLearn,
  ...pytorch,
  ...microsoft,
  ...constants,
  ...inputs,
];
