import type { NestOperand, NestOperation, NestResult, StepOperation } from "../ir/step-graph.ts";
import type { Scalar } from "../ir/scalar.ts";
import { sizesEqual, type Size } from "../ir/size.ts";
import { inputsOf, outputsOf } from "./differentiate.ts";
import { replaceLocals } from "./substitute.ts";

/**
 * Joins a function of elements to the nest that computes one of its operands, where both go through the same elements in the
 * same order: one loop, values still in registers. What others read as well is written all the same.
 *
 * `written`: the ids of values that operations change in place, as an update does with weights. An operation that reads or
 * writes one of them stays behind those before it.
 */
export function fuseNests(
  operations: readonly StepOperation[],
  written: ReadonlySet<number>,
): readonly StepOperation[] {
  const fused: StepOperation[] = [];
  for (const operation of operations) {
    const at = placeToJoin(fused, operation, written);
    const before = fused[at];
    if (before?.kind === "nest" && operation.kind === "nest") fused[at] = joined(before, operation);
    else fused.push(operation);
  }
  return fused;
}

/** The operation before that one can be joined to, or -1. */
function placeToJoin(fused: readonly StepOperation[], operation: StepOperation, written: ReadonlySet<number>): number {
  if (operation.kind !== "nest" || operation.reduction !== undefined) return -1;
  if (operation.results.some(({ addedFrom }) => addedFrom !== undefined)) return -1;
  const writes = new Set(outputsOf(operation).map(({ id }) => id));
  for (let at = fused.length - 1; at >= 0; at--) {
    const before = fused[at] as StepOperation;
    if (before.kind === "nest" && canJoin(before, operation) && !changes(operation, before, written)) return at;
    // It can't move before an operation that computes what it reads, or whose values it changes.
    const outputs = outputsOf(before);
    if (outputs.some(({ id }) => operation.operands.some(({ tensor }) => tensor.id === id))) return -1;
    if (outputs.some(({ id }) => writes.has(id)) || inputsOf(before).some(({ id }) => writes.has(id))) return -1;
    if (outputs.some(({ id }) => written.has(id)) || [...writes].some((id) => written.has(id))) return -1;
  }
  return -1;
}

/**
 * Whether a function changes in place what the nest before it reads, or anything behind a sum: targets may compute a sum twice,
 * which must not be seen.
 */
function changes(after: NestOperation, before: NestOperation, written: ReadonlySet<number>): boolean {
  const inPlace = after.results.map(({ tensor }) => tensor.id).filter((id) => written.has(id));
  if (inPlace.length === 0) return false;
  return before.reduction !== undefined || before.operands.some(({ tensor }) => inPlace.includes(tensor.id));
}

/** Whether a function goes through all that a nest gives, element by element, and reads at least one result of it. */
function canJoin(before: NestOperation, after: NestOperation): boolean {
  const [first] = before.results;
  if (first === undefined || before.results.some(({ addedFrom }) => addedFrom !== undefined)) return false;
  const kept = keptAxes(before);
  if (kept.length !== after.axes.length) return false;
  if (!kept.every((axis, at) => sizesEqual(before.axes[axis] as Size, after.axes[at] as Size))) return false;
  const ofResult = (result: NestResult): readonly Size[] => kept.map((axis) => result.strides[axis] as Size);
  const read = after.operands.filter(({ tensor }) => before.results.some((result) => result.tensor.id === tensor.id));
  if (read.length === 0) return false;
  return read.every(({ tensor, strides, start }) => {
    const result = before.results.find((one) => one.tensor.id === tensor.id) as NestResult;
    return start === undefined && sameStrides(strides, ofResult(result), after.axes);
  });
}

function keptAxes({ axes, reduction }: NestOperation): readonly number[] {
  return axes.flatMap((_, axis) => (reduction?.along[axis] === true ? [] : [axis]));
}

function sameStrides(a: readonly Size[], b: readonly Size[], axes: readonly Size[]): boolean {
  return axes.every(
    (size, axis) => (size.factor === 1 && size.dims.length === 0) || sizesEqual(a[axis] as Size, b[axis] as Size),
  );
}

function joined(before: NestOperation, after: NestOperation): NestOperation {
  const kept = keptAxes(before);
  const spread = (strides: readonly Size[]): readonly Size[] =>
    before.axes.map((_, axis) => strides[kept.indexOf(axis)] ?? { factor: 0, dims: [] });
  const taken = new Set(before.operands.map(({ name }) => name));
  const locals = new Map<string, Scalar>();
  const operands: NestOperand[] = [...before.operands];
  for (const operand of after.operands) {
    const result = before.results.find(({ tensor }) => tensor.id === operand.tensor.id);
    if (result !== undefined) {
      locals.set(operand.name, result.value);
      continue;
    }
    const strides = spread(operand.strides);
    const name = freshName(operand.name, taken);
    locals.set(operand.name, { kind: "local", name });
    operands.push({ ...operand, name, strides });
  }
  const results = after.results.map((result) => ({
    ...result,
    strides: spread(result.strides),
    value: replaceLocals(result.value, locals),
  }));
  const origins = [...new Set([...before.origins, ...after.origins])];
  return { ...before, operands, results: [...before.results, ...results], origins };
}

function freshName(name: string, taken: Set<string>): string {
  let fresh = name;
  for (let next = 1; taken.has(fresh) || fresh === "sum"; next++) fresh = `${name}_${next}`;
  taken.add(fresh);
  return fresh;
}
