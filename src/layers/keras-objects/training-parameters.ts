import { optional } from "../arguments/basic.ts";
import { objectOf } from "../defaults.ts";
import type { ArgumentType, KerasObject } from "../definition.ts";
import { biasInitializer, biasRegularizer, constraint, initializer, regularizer } from "./types.ts";

/** A parameter for the values that a weight begins its training with; `word` is the default. */
export function initializerParameter<const Name extends string>(
  name: Name,
  word: string,
  type: ArgumentType<KerasObject> = initializer,
) {
  const doc = `What ${weightOf(name)} begins training with.`;
  return { name, type, default: objectOf(type, word), trainingOnly: true, doc } as const;
}

/** A parameter for what a weight or an output adds to the loss. */
export function regularizerParameter<const Name extends string>(
  name: Name,
  type: ArgumentType<KerasObject> = regularizer,
) {
  const doc = `What ${weightOf(name)} adds to the loss in training; none: nothing.`;
  return { name, type: optional(type), default: null, trainingOnly: true, doc } as const;
}

/** A parameter for what a weight is held to while it is trained. */
export function constraintParameter<const Name extends string>(name: Name) {
  const doc = `What ${weightOf(name)} is held to after each step of training; none: nothing.`;
  return { name, type: optional(constraint), default: null, trainingOnly: true, doc } as const;
}

/** `the kernel` of `kernel_initializer`; `activity` is what a layer gives. */
function weightOf(parameter: string): string {
  const weight = parameter.slice(0, parameter.lastIndexOf("_"));
  return weight === "activity" ? "the output" : `the ${weight.replaceAll("_", " ")}`;
}

/** What shapes gamma and beta in training, beta's before gamma's. */
function scaleParameters(initializers: ArgumentType<KerasObject>, regularizers: ArgumentType<KerasObject>) {
  return {
    initializers: [
      initializerParameter("beta_initializer", "zeros", initializers),
      initializerParameter("gamma_initializer", "ones", initializers),
    ],
    others: [
      regularizerParameter("beta_regularizer", regularizers),
      regularizerParameter("gamma_regularizer", regularizers),
      constraintParameter("beta_constraint"),
      constraintParameter("gamma_constraint"),
    ],
  } as const;
}

/** For a gamma and a beta of one axis. */
export const channelScale = scaleParameters(biasInitializer, biasRegularizer);

/** For a gamma and a beta of any rank. */
export const anyScale = scaleParameters(initializer, regularizer);
