import type { Activation } from "../../activations/definition.ts";
import type { Shape } from "../../ir/shape.ts";
import { activationParameters } from "../../layers/arguments/activation.ts";
import { isActivation, isWrappedLayer } from "../../layers/config-values.ts";
import type { ConfigValue, LayerConfig, ParameterSpec, WrappedLayer } from "../../layers/definition.ts";
import { sameConfig } from "../../layers/same-config.ts";
import { targetFits, type ForwardOperation, type OperationShapes } from "./forward-operation.ts";

/** Whether an operation of the model, at that place, and one of the file compute the same. */
export function sameOperation(
  ours: ForwardOperation,
  theirs: ForwardOperation,
  { from, to }: OperationShapes,
): boolean {
  switch (ours.kind) {
    case "activation":
      return theirs.kind === "activation" && sameActivation(ours.activation, theirs.activation, to);
    case "reshape":
      return theirs.kind === "reshape" && targetFits(theirs.target, to);
    case "each-step": {
      const step = { from: from.slice(1), to: to.slice(1) };
      return theirs.kind === "each-step" && sameOperation(ours.inner, theirs.inner, step);
    }
    case "layer":
      return (
        theirs.kind === "layer" &&
        ours.definition.className === theirs.definition.className &&
        differingArgument(ours.definition.parameters, ours.config, theirs.config, from) === undefined
      );
    case "unknown":
      return false;
  }
}

function sameActivation(ours: Activation, theirs: Activation, shape: Shape): boolean {
  const [a, b] = [generalized(ours), generalized(theirs)];
  if (a.definition.name !== b.definition.name) return false;
  return differingArgument(activationParameters(a.definition), a.args, b.args, shape) === undefined;
}

/** The general function that a special one is a case of. */
function generalized(activation: Activation): Activation {
  return activation.definition.sameAs?.(activation.args) ?? activation;
}

/**
 * The first argument in which two layers of a class differ in what they compute, for an input of that shape. Arguments that
 * one of them does not have are passed over, and activations, which are compared as steps of their own.
 */
export function differingArgument(
  parameters: readonly ParameterSpec[],
  ours: LayerConfig,
  theirs: LayerConfig,
  input: Shape,
): ParameterSpec | undefined {
  return parameters.find((parameter) => {
    const [a, b] = [ours[parameter.name], theirs[parameter.name]];
    if (a === undefined || b === undefined || parameter.trainingOnly === true || isActivation(a)) return false;
    if (isWrappedLayer(a)) return !isWrappedLayer(b) || !sameLayer(a, b, input.slice(1));
    const { normalize = (value: ConfigValue) => value } = parameter;
    return !sameConfig(normalize(a, input, ours), normalize(b, input, theirs), sameFloat32);
  });
}

function sameLayer(ours: WrappedLayer, theirs: WrappedLayer, input: Shape): boolean {
  return (
    ours.definition.className === theirs.definition.className &&
    differingArgument(ours.definition.parameters, ours.config, theirs.config, input) === undefined
  );
}

/** The arithmetic of Keras uses float32. */
function sameFloat32(a: number, b: number): boolean {
  return Math.fround(a) === Math.fround(b);
}
