import type { ElementwiseOperation, Graph, Tensor } from "../ir/graph.ts";
import type { ComputeOperation } from "../ops/index.ts";

/** The operations of a graph that need code, in order, and the values between them. */
export interface Schedule {
  readonly input: Tensor;
  /** Written by one of the steps, and read by none. */
  readonly output: Tensor;
  readonly steps: readonly ScheduledOperation[];
}

/** An operation with the values that it reads and writes. */
export interface ScheduledOperation {
  readonly operation: ComputeOperation;
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
}

/**
 * What is to be computed for a graph. A reshape is another view of the same value; nothing is left of it. A result that
 * is the input itself, or that other operations read, is copied for the caller.
 */
export function schedule({ input, output, operations }: Graph): Schedule {
  const values = new Map([[input.id, input]]);
  const valueOf = ({ id }: Tensor): Tensor => {
    const value = values.get(id);
    if (value === undefined) throw new Error(`tensor ${id} is read before it is computed`);
    return value;
  };
  const steps: ScheduledOperation[] = [];
  for (const operation of operations) {
    const read = operation.inputs.map(valueOf);
    const isView = operation.kind === "reshape";
    values.set(operation.output.id, isView ? valueOf(operation.inputs[0]) : operation.output);
    if (!isView) steps.push({ operation, inputs: read, output: operation.output });
  }
  const result = valueOf(output);
  const isFree = result.id !== input.id && !steps.some(({ inputs }) => inputs.some(({ id }) => id === result.id));
  if (isFree) return { input, output: result, steps };
  const copy = copyStep(result, freshId(input, operations));
  return { input, output: copy.output, steps: [...steps, copy] };
}

/** The same schedule in which the operations that `which` picks read a copy of the input, if there are any. */
export function withStagedInput(
  { input, output, steps }: Schedule,
  which: (operation: ComputeOperation) => boolean,
): Schedule {
  const isStaged = (step: ScheduledOperation): boolean =>
    step.inputs.some(({ id }) => id === input.id) && which(step.operation);
  if (!steps.some(isStaged)) return { input, output, steps };
  const copy = copyStep(input, freshId(input, steps));
  const staged = steps.map((step) => {
    if (!isStaged(step)) return step;
    return { ...step, inputs: step.inputs.map((value) => (value.id === input.id ? copy.output : value)) };
  });
  return { input, output, steps: [copy, ...staged] };
}

function copyStep(value: Tensor, id: number): ScheduledOperation {
  const output = { ...value, id };
  const operation: ElementwiseOperation = { kind: "elementwise", inputs: [value], output, functions: [], origins: [] };
  return { operation, inputs: [value], output };
}

/** A number that no tensor has. */
export function freshId(input: Tensor, definitions: readonly { readonly output: Tensor }[]): number {
  return definitions.reduce((largest, { output }) => Math.max(largest, output.id), input.id) + 1;
}
