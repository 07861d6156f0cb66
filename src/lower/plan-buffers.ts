import type { DataBuffer } from "../ir/loops.ts";
import { elementCount } from "../ir/shape.ts";
import type { ComputeOperation } from "../ops/index.ts";
import type { Schedule } from "./schedule.ts";

/** Buffers of one sample: those of a model, and what each of its operations reads and writes. */
export interface BufferPlan {
  readonly input: DataBuffer;
  readonly output: DataBuffer;
  readonly steps: readonly {
    readonly operation: ComputeOperation;
    /** One for each input of the operation. */
    readonly inputs: readonly DataBuffer[];
    readonly output: DataBuffer;
  }[];
}

/**
 * Gives every value a buffer: the caller's arrays, or scratch memory that another value no longer needs. In a chain two
 * scratch buffers take turns.
 */
export function planBuffers({ input, output, steps }: Schedule): BufferPlan {
  const names = assignNames(lifetimes({ input, output, steps }));
  const buffers = new Map<number, DataBuffer>();
  const inputBuffer: DataBuffer = { kind: "input", name: "x", size: elementCount(input.shape) };
  const outputBuffer: DataBuffer = { kind: "output", name: "y", size: elementCount(output.shape) };
  buffers.set(input.id, inputBuffer).set(output.id, outputBuffer);
  for (const { output: value } of steps) {
    if (value.id === output.id) continue;
    const name = names.get(value.id) as string;
    buffers.set(value.id, { kind: "scratch", name, size: elementCount(value.shape) });
  }
  const bufferOf = (id: number): DataBuffer => buffers.get(id) as DataBuffer;
  return {
    input: inputBuffer,
    output: outputBuffer,
    steps: steps.map((step) => ({
      operation: step.operation,
      inputs: step.inputs.map(({ id }) => bufferOf(id)),
      output: bufferOf(step.output.id),
    })),
  };
}

/** From the step that writes a value to the last one that reads it, both included; steps are counted from 0. */
export interface Lifetime {
  readonly value: number;
  readonly written: number;
  readonly lastRead: number;
}

/** The lifetimes of the values that need scratch memory, in the order in which they are written. */
export function lifetimes({ output, steps }: Schedule): readonly Lifetime[] {
  const lastReads = new Map(steps.flatMap(({ inputs }, at) => inputs.map(({ id }) => [id, at] as const)));
  const written = steps.map(({ output: { id } }, at) => ({
    value: id,
    written: at,
    lastRead: lastReads.get(id) ?? at,
  }));
  return written.filter(({ value }) => value !== output.id);
}

/**
 * The name of a scratch buffer for every value, in the order in which they are written: the first one that no value of an
 * overlapping lifetime has. What a step reads stays while it writes.
 */
export function assignNames(values: readonly Lifetime[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const busyUntil: number[] = [];
  for (const { value, written, lastRead } of values) {
    const free = busyUntil.findIndex((end) => end < written);
    const at = free < 0 ? busyUntil.length : free;
    busyUntil[at] = lastRead;
    names.set(value, scratchName(at));
  }
  return names;
}

/** The first name of a scratch buffer that is not taken. */
export function freeScratchName(taken: ReadonlySet<string>): string {
  let at = 0;
  while (taken.has(scratchName(at))) at++;
  return scratchName(at);
}

/** `a`, `b`, ..., and numbered on from where the letters would meet other names. */
export function scratchName(position: number): string {
  return "abcd"[position] ?? `s${position}`;
}
