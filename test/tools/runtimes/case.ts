import { numbers } from "./numbers.ts";
import type { Recording } from "./recording.ts";

/** How an instance computes, as `<model>Info.backend` says. */
export type Backend = "wasm-relaxed-simd" | "wasm-simd" | "typescript";

/** Samples that differ; larger batches repeat them. Prime to the rows of any tile, so that mixed-up rows show. */
export const distinctSamples = 7;

/** A model of an example: what it is given and what it should make of it. Plain data, which the runtimes import. */
export interface ModelCase {
  /** As declared: `Digits`. */
  readonly name: string;
  /** `digits` */
  readonly exportName: string;
  /** Arrays that `create<Name>` is called with; absent where the file of the model binds its weights. */
  readonly weights?: readonly WeightCase[];
  readonly sizes: readonly SizeCase[];
}

export interface WeightCase {
  readonly path: readonly string[];
  readonly length: number;
  readonly scale: number;
}

/** A model with its run-time dims. */
export interface SizeCase {
  readonly dims: Readonly<Record<string, number>>;
  /** Values of one sample. */
  readonly inputLength: number;
  readonly outputLength: number;
  readonly inputScale: number;
  /** Numbers of samples to run together. */
  readonly batches: readonly number[];
  /** For each of the distinct samples its output in float64, with the first set of weights. */
  readonly expected: readonly (readonly number[])[];
}

/** The `count` sets of inputs that make up a case, one after the other. */
export function sampleInputs({ inputLength, inputScale }: SizeCase | Omit<SizeCase, "expected">): Float32Array {
  return numbers(inputLength, distinctSamples * inputLength, inputScale);
}

/** The array of a model at a position; every set of weights has other values. */
export function weightValues({ length, scale }: WeightCase, position: number, set: number): Float32Array {
  return numbers(1000 * set + position + 1, length, scale);
}

/** What a runtime found for one model of one variant. */
export interface ModelResult {
  readonly variant: string;
  readonly example: string;
  readonly model: string;
  /** `<model>Info.backend` after the first call. */
  readonly backend: string | undefined;
  /** `<model>Info.backendReason`: JSON leaves it out where it is undefined. */
  readonly reason?: string | undefined;
  /** Values that were compared with the expected ones. */
  readonly compared: number;
  /** The largest |a - b| / max(1, |b|) against the expected values, and between calls with many samples and with one. */
  readonly error: number;
  readonly disagreement: number;
  /** Every output that was compared. */
  readonly outputs: Recording;
  /** What calls with arguments of a wrong size said. */
  readonly refusals: readonly string[];
  /** What went wrong, in words; the first few. */
  readonly failures: readonly string[];
}

export interface RuntimeResult {
  /** How a module may compute here: found with modules of a few bytes, without the product. */
  readonly permitted: Backend;
  readonly models: readonly ModelResult[];
}
