import type { Graph } from "../ir/graph.ts";
import { multiplyAdds } from "../ops/index.ts";
import { sizeValue, valueCount, type DimValues } from "../cases/fit-cases.ts";
import { maxSampledMultiplyAdds, maxSampledValues, sampledDim, sampledInputs } from "../cases/limits.ts";

/** Inputs to try a model on, where none are given. */
export interface SampleInputs {
  readonly samples: number;
  readonly dims: DimValues;
  /** `[samples, ...input shape]`, row-major. */
  readonly inputs: Float32Array;
}

/**
 * Numbers of the standard normal distribution, the same at every call; for a model that begins with an Embedding, rows of
 * its table. Large models get fewer samples.
 */
export function sampleInputs(graph: Graph, dimNames: readonly string[]): SampleInputs {
  const dims = Object.fromEntries(dimNames.map((dim) => [dim, sampledDim]));
  const inputValues = valueCount(graph.input.shape, dims);
  const computing = graph.operations.filter((operation) => operation.kind !== "reshape");
  const work = computing.reduce((sum, operation) => sum + sizeValue(multiplyAdds(operation), dims), 0);
  const values = computing.reduce((most, { output }) => Math.max(most, valueCount(output.shape, dims)), inputValues);
  const fitting = Math.floor(
    Math.min(maxSampledMultiplyAdds / Math.max(work, 1), maxSampledValues / Math.max(values, 1)),
  );
  const samples = Math.max(1, Math.min(sampledInputs, fitting));
  const [first] = computing;
  const rows = first?.kind === "embedding" ? (first.table.shape[0] as number) : undefined;
  const uniform = uniformNumbers();
  const draw = rows === undefined ? () => normal(uniform) : () => Math.floor(uniform() * rows);
  return { samples, dims, inputs: Float32Array.from({ length: samples * inputValues }, draw) };
}

/** Box and Muller's way from two uniform numbers to a normal one. */
function normal(uniform: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Marsaglia's xorshift32 from a fixed seed: numbers from 0 to below 1, the same everywhere. */
function uniformNumbers(): () => number {
  let state = 2463534242;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
