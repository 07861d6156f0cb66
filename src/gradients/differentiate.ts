import { add, local, type Scalar } from "../ir/scalar.ts";
import type { StepOperation, StepTensor } from "../ir/step-graph.ts";
import type { GrowingStep } from "./growing-step.ts";
import { nestGradients, type GradientPart } from "./rules/nest.ts";

/**
 * Appends the operations of the backward pass to a step: the gradients of `loss`, of shape `[]`, by the values of `wanted`,
 * in their order. A value that the loss does not depend on has none.
 *
 * Reverse mode: operations are taken from the last to the first, each when the gradient of its output is complete.
 */
export function differentiate(
  step: GrowingStep,
  loss: StepTensor,
  wanted: readonly StepTensor[],
): readonly (StepTensor | undefined)[] {
  const forward = [...step.operations];
  const dependent = dependents(forward, wanted);
  const parts = new Map<number, StepTensor[]>([[loss.id, [step.constant([], [1])]]]);
  const gradientOf = (tensor: StepTensor): StepTensor | undefined => {
    const found = parts.get(tensor.id) ?? [];
    if (found.length < 2) return found[0];
    const sum = sumOf(step, tensor, found);
    parts.set(tensor.id, [sum]);
    return sum;
  };
  for (const operation of forward.reverse()) {
    const outputs = outputsOf(operation);
    if (!outputs.some(({ id }) => dependent.has(id))) continue;
    const gradients = outputs.map(gradientOf);
    if (gradients.every((gradient) => gradient === undefined)) continue;
    const isWanted = (tensor: StepTensor): boolean => dependent.has(tensor.id) && tensor.stopped !== true;
    for (const { of, gradient } of gradientsOf(step, operation, gradients, isWanted)) {
      parts.set(of.id, [...(parts.get(of.id) ?? []), gradient]);
    }
  }
  return wanted.map(gradientOf);
}

/** The gradients by what an operation reads, of those values that are wanted. */
function gradientsOf(
  step: GrowingStep,
  operation: StepOperation,
  gradients: readonly (StepTensor | undefined)[],
  isWanted: (tensor: StepTensor) => boolean,
): readonly GradientPart[] {
  switch (operation.kind) {
    case "nest":
      return nestGradients(step, operation, gradients, isWanted);
    case "gather": {
      const { table, indices, origins } = operation;
      const values = gradients[0];
      if (values === undefined || !isWanted(table)) return [];
      const output = step.tensor(table.shape, false);
      step.operations.push({ kind: "scatter", indices, values, output, origins });
      return [{ of: table, gradient: output }];
    }
    case "sparsemax": {
      const { input, axis, origins } = operation;
      const gradient = gradients[0];
      if (gradient === undefined || !isWanted(input)) return [];
      const output = step.tensor(input.shape, input.perSample);
      step.operations.push({ kind: "sparsemax-gradient", input, gradient, axis, output, origins });
      return [{ of: input, gradient: output }];
    }
    case "scatter":
    case "sparsemax-gradient":
      throw new Error(`a ${operation.kind} has no gradient of its own`);
  }
}

/** The values that an operation writes. */
export function outputsOf(operation: StepOperation): readonly StepTensor[] {
  return operation.kind === "nest" ? operation.results.map(({ tensor }) => tensor) : [operation.output];
}

/** The values that an operation reads. */
export function inputsOf(operation: StepOperation): readonly StepTensor[] {
  switch (operation.kind) {
    case "nest":
      return operation.operands.map(({ tensor }) => tensor);
    case "gather":
      return [operation.indices, operation.table];
    case "scatter":
      return [operation.indices, operation.values];
    case "sparsemax":
      return [operation.input];
    case "sparsemax-gradient":
      return [operation.input, operation.gradient];
  }
}

/** The ids of all values that depend on the wanted ones. */
function dependents(operations: readonly StepOperation[], wanted: readonly StepTensor[]): ReadonlySet<number> {
  const found = new Set(wanted.map(({ id }) => id));
  for (const operation of operations) {
    const depends = inputsOf(operation).some(({ id, stopped }) => found.has(id) && stopped !== true);
    if (depends) for (const { id } of outputsOf(operation)) found.add(id);
  }
  return found;
}

/** Gradients of one value have its elements in its order, under whatever shape. */
function sumOf(step: GrowingStep, tensor: StepTensor, parts: readonly StepTensor[]): StepTensor {
  const named = parts.map((part, at) => [`part_${at}`, { ...part, shape: tensor.shape }] as const);
  const body = named.map(([name]): Scalar => local(name)).reduce((sum, term) => add(sum, term));
  return step.map(Object.fromEntries(named), body, { origins: [] });
}
