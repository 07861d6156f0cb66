import { optional } from "../arguments/basic.ts";
import type { ArgumentType, ParameterSpec } from "../arguments/parameter.ts";
import { objectOf } from "../defaults.ts";
import { biasInitializer, biasRegularizer, constraint, initializer, regularizer } from "./types.ts";

/** What shapes gamma and beta in training: initializers, regularizers and constraints, beta's before gamma's. */
function scaleParameters(initializers: ArgumentType, regularizers: ArgumentType): readonly ParameterSpec[] {
  return [
    { name: "beta_initializer", type: initializers, default: objectOf(initializers, "zeros") },
    { name: "gamma_initializer", type: initializers, default: objectOf(initializers, "ones") },
    { name: "beta_regularizer", type: optional(regularizers), default: null },
    { name: "gamma_regularizer", type: optional(regularizers), default: null },
    { name: "beta_constraint", type: optional(constraint), default: null },
    { name: "gamma_constraint", type: optional(constraint), default: null },
  ];
}

/** For a gamma and a beta of one axis. */
export const channelScaleParameters = scaleParameters(biasInitializer, biasRegularizer);

/** For a gamma and a beta of any rank. */
export const anyScaleParameters = scaleParameters(initializer, regularizer);

/** The starting values of moving statistics. */
export const movingInitializers: readonly ParameterSpec[] = [
  { name: "moving_mean_initializer", type: biasInitializer, default: objectOf(biasInitializer, "zeros") },
  { name: "moving_variance_initializer", type: biasInitializer, default: objectOf(biasInitializer, "ones") },
];
