import type { Activation } from "../../activations/definition.ts";
import { isStatic } from "../../ir/size.ts";
import { shapesEqual, type Shape } from "../../ir/shape.ts";
import { isActivation } from "../../layers/config-values.ts";
import type { ForwardMeaning, LayerConfig, LayerDefinition } from "../../layers/definition.ts";

/**
 * One thing a model computes between two layers with weights, in a form in which equal functions are equal: `ReLU()`,
 * `Activation(relu)` and the `activation=relu` of a Dense are the same operation, and what is an identity outside of
 * training (Dropout, `linear`, `Rescaling(1)`) is none.
 */
export type ForwardOperation =
  | { readonly kind: "activation"; readonly activation: Activation }
  /** Another shape for the same elements; -1 is an axis that is inferred. */
  | { readonly kind: "reshape"; readonly target: readonly (number | string)[] }
  /** What TimeDistributed applies to each step, where that depends on the axes. */
  | { readonly kind: "each-step"; readonly inner: ForwardOperation }
  /** A layer without weights that is only itself, such as Permute. */
  | { readonly kind: "layer"; readonly definition: LayerDefinition; readonly config: LayerConfig }
  /** Something of a file that can't be read, or that the language lacks. */
  | { readonly kind: "unknown"; readonly text: string };

/** Where a model computes an operation: the shape that arrives and the one that leaves. */
export interface OperationShapes {
  readonly from: Shape;
  readonly to: Shape;
}

/** A step of the model, with the layer it belongs to as messages call it. */
export interface ModelStep {
  readonly owner: string;
  readonly operation: ForwardOperation;
  readonly shapes: OperationShapes;
}

/** A step of the file, whose shapes nothing says. */
export interface FileStep {
  readonly owner: string;
  readonly operation: ForwardOperation;
}

/** What a layer computes. For one with weights: what follows its own computation. */
export function operationsOf(
  definition: LayerDefinition,
  config: LayerConfig,
  weighted: boolean,
): readonly ForwardOperation[] {
  const meaning: ForwardMeaning = definition.meaning?.(config) ?? { kind: "own" };
  switch (meaning.kind) {
    case "identity":
      return [];
    case "activation":
      return activationOperations(meaning.activation);
    case "reshape":
      return [{ kind: "reshape", target: meaning.target }];
    case "each-step":
      return operationsOf(meaning.layer.definition, meaning.layer.config, weighted).map(atEachStep);
    case "own":
      return weighted ? ownActivation(config) : [{ kind: "layer", definition, config }];
  }
}

/** The activation that a layer with weights has as an argument. */
export function ownActivation(config: LayerConfig): readonly ForwardOperation[] {
  const own = Object.values(config).find(isActivation);
  return own === undefined ? [] : activationOperations(own);
}

function activationOperations(activation: Activation): readonly ForwardOperation[] {
  return activation.definition.name === "linear" ? [] : [{ kind: "activation", activation }];
}

/** An operation as TimeDistributed applies it: what works on each element alone is the same with and without. */
function atEachStep(operation: ForwardOperation): ForwardOperation {
  return isElementwise(operation) ? operation : { kind: "each-step", inner: operation };
}

function isElementwise(operation: ForwardOperation): boolean {
  if (operation.kind === "activation") return operation.activation.definition.kind === "elementwise";
  if (operation.kind !== "layer") return false;
  const meaning = operation.definition.meaning?.(operation.config);
  return meaning?.kind === "own" && meaning.elementwise === true;
}

/** Whether an operation of the model passes its input through. */
export function leavesModelShape(operation: ForwardOperation, { from, to }: OperationShapes): boolean {
  if (operation.kind === "each-step")
    return leavesModelShape(operation.inner, { from: from.slice(1), to: to.slice(1) });
  return operation.kind === "reshape" && shapesEqual(from, to);
}

/** Whether an operation of the file leaves a tensor of that shape as it is. */
export function leavesShape(operation: ForwardOperation, shape: Shape): boolean {
  if (operation.kind === "each-step") return leavesShape(operation.inner, shape.slice(1));
  return operation.kind === "reshape" && targetFits(operation.target, shape);
}

/** Whether a file's target of a reshape is a shape of the model. */
export function targetFits(target: readonly (number | string)[], shape: Shape): boolean {
  return (
    target.length === shape.length &&
    shape.every((size, axis) => target[axis] === -1 || (isStatic(size) && size.factor === target[axis]))
  );
}
