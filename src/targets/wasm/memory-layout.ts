import { largestSizes, type Size } from "../../ir/size.ts";
import type { VectorProgram, VectorWeights } from "../../vectors/vector-loops.ts";
import { vectorWeightLength, vectorWeights } from "../../vectors/program-weights.ts";

/**
 * Where everything lies in linear memory, in bytes: the value that a lookup has refused, the constants of vector
 * functions, the weights, the data buffers of all samples of a chunk.
 */
export interface MemoryLayout {
  readonly weights: ReadonlyMap<string, WeightRegion>;
  /** The first byte behind the weights. */
  readonly dataStart: number;
  /** Where data buffers start; `undefined` where run-time dims decide, and they are parameters. */
  readonly buffers: ReadonlyMap<string, number> | undefined;
  /** Bytes that one sample takes in each data buffer, in the order in which they follow each other. */
  readonly sampleBytes: readonly { readonly name: string; readonly sizes: readonly Size[] }[];
  readonly pages: number;
}

export interface WeightRegion {
  readonly buffer: VectorWeights;
  readonly start: number;
  /** Float32 values, or words of two bfloat16 numbers. */
  readonly length: number;
}

/** The first four bytes: what a lookup has refused. Constants come after it. */
export const constantsStart = 16;

/** Bytes of a memory page. */
export const pageBytes = 65_536;

/** Reads of vectors may run over the end of a buffer by up to three elements. */
const slack = 16;

/** Data buffers have room for `chunkSamples` samples, where their sizes are static. */
export function layOutMemory(program: VectorProgram, constants: number, chunkSamples: number): MemoryLayout {
  let at = align(constantsStart + 4 * constants);
  const weights = new Map<string, WeightRegion>();
  for (const [key, buffer] of vectorWeights(program)) {
    const length = vectorWeightLength(buffer);
    weights.set(key, { buffer, start: at, length });
    at = align(at + 4 * length + slack);
  }
  const dataStart = at;
  const sampleBytes = dataBuffers(program).map(({ name, sizes }) => ({
    name,
    sizes: sizes.map((size) => ({ ...size, factor: 4 * size.factor })),
  }));
  if (program.dims.length > 0) {
    return { weights, dataStart, buffers: undefined, sampleBytes, pages: pagesOf(dataStart) };
  }
  const perSample = sampleBytes.map(({ sizes }) => Math.max(...sizes.map(({ factor }) => factor)));
  const buffers = new Map<string, number>();
  sampleBytes.forEach(({ name }, position) => {
    buffers.set(name, at);
    at = align(at + chunkSamples * (perSample[position] as number) + slack);
  });
  return { weights, dataStart, buffers, sampleBytes, pages: pagesOf(at) };
}

/** The data buffers of a program with the sizes of one sample: input, scratch, output. */
function dataBuffers(program: VectorProgram): readonly { readonly name: string; readonly sizes: readonly Size[] }[] {
  const sizes = new Map<string, Size[]>();
  for (const { name, size } of [program.input, ...program.kernels.map(({ output }) => output)]) {
    sizes.set(name, [...(sizes.get(name) ?? []), size]);
  }
  return [...sizes].map(([name, list]) => ({ name, sizes: largestSizes(list) }));
}

function align(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

function pagesOf(bytes: number): number {
  return Math.ceil(bytes / pageBytes);
}
