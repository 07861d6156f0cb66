import type { DataBuffer } from "../ir/loops.ts";
import { samplesAxis } from "../ir/samples.ts";
import { elementCount } from "../ir/shape.ts";
import { largestSizes, multiplySizes, one, sizesEqual, type Size } from "../ir/size.ts";
import type { StepOperation, StepTensor } from "../ir/step-graph.ts";
import { inputsOf, outputsOf } from "./differentiate.ts";

/** Where the values of a trainer lie. */
export interface MemoryPlan {
  /** For each program the buffers of its values. */
  readonly programs: readonly ((tensor: StepTensor) => DataBuffer)[];
  /** The buffers of values between operations, and how many elements each needs: the largest of these sizes. */
  readonly scratch: ReadonlyMap<string, readonly Size[]>;
}

/** The number of elements of a value, those of all samples. */
export function valueSize(tensor: StepTensor): Size {
  return multiplySizes(tensor.perSample ? samplesAxis : one, elementCount(tensor.shape));
}

/**
 * Gives every value that operations pass on a scratch buffer, as long as it is needed: a value that the backward pass reads
 * is kept until then, all others make room for the next ones. `held` have buffers of their own, by name; `results` are read
 * when all is done. The programs of a trainer run one after the other and share the buffers.
 */
export function planMemory(
  programs: readonly { readonly operations: readonly StepOperation[]; readonly results: readonly StepTensor[] }[],
  held: ReadonlyMap<number, { readonly name: string; readonly size: Size }>,
): MemoryPlan {
  const heldBuffers = [...held].map(([id, { name, size }]): readonly [number, DataBuffer] => [
    id,
    { kind: "scratch", name, size },
  ]);
  const scratch: ScratchBuffer[] = [];
  const planned = programs.map(({ operations, results }) => {
    const buffers = new Map(heldBuffers);
    const lastReads = lastReadsOf(operations, results);
    const busyUntil = new Map<string, number>();
    operations.forEach((operation, at) => {
      for (const tensor of outputsOf(operation)) {
        if (buffers.has(tensor.id)) continue;
        const size = valueSize(tensor);
        const { name } = takeBuffer(scratch, size, (own) => (busyUntil.get(own) ?? -1) < at);
        busyUntil.set(name, lastReads.get(tensor.id) as number);
        buffers.set(tensor.id, { kind: "scratch", name, size });
      }
    });
    return (tensor: StepTensor): DataBuffer => {
      const buffer = buffers.get(tensor.id);
      if (buffer === undefined) throw new Error(`value ${tensor.id} is read before it is computed`);
      return buffer;
    };
  });
  return { programs: planned, scratch: new Map(scratch.map(({ name, sizes }) => [name, largestSizes(sizes)])) };
}

interface ScratchBuffer {
  readonly name: string;
  readonly sizes: Size[];
}

/** A free buffer of the size, else one that grows with the same dims, else a new one. */
function takeBuffer(scratch: ScratchBuffer[], size: Size, isFree: (name: string) => boolean): ScratchBuffer {
  const free = scratch.filter(({ name }) => isFree(name));
  const sameDims = (other: Size): boolean => other.dims.join() === size.dims.join();
  const found =
    free.find(({ sizes }) => sizes.some((other) => sizesEqual(other, size))) ??
    free.find(({ sizes }) => sizes.some(sameDims));
  const chosen = found ?? { name: `s${scratch.length}`, sizes: [] };
  if (found === undefined) scratch.push(chosen);
  chosen.sizes.push(size);
  return chosen;
}

/** The last operation that reads or writes each value; values that are read afterwards stay for all of them. */
function lastReadsOf(
  operations: readonly StepOperation[],
  results: readonly StepTensor[],
): ReadonlyMap<number, number> {
  const lastReads = new Map<number, number>();
  operations.forEach((operation, at) => {
    for (const { id } of [...inputsOf(operation), ...outputsOf(operation)]) lastReads.set(id, at);
  });
  for (const { id } of results) lastReads.set(id, operations.length);
  return lastReads;
}
