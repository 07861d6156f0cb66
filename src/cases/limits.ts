import { defaultPrecision, type Precision } from "../ir/storage-types.ts";

/** Bytes of a cases file, also of its arrays after inflating: 64 MiB. Some thousand samples prove as much as millions. */
export const maxCasesBytes = 2 ** 26;

/** Bytes of a cases file that is JSON: 16 MiB. Parsed, its lists can take thirty times as much. */
export const maxJsonCasesBytes = 2 ** 24;

/** Values of all arrays of a cases file together; 128 MiB as float64. */
export const maxCaseValues = 2 ** 24;

/** Axes of an array of a cases file. */
export const maxCaseRank = 32;

/** How deep the layers of a Keras case may nest. */
export const maxCaseDepth = 32;

/** Values of one array that a model computes from a cases file; few inputs can make many outputs. */
export const maxComputedValues = 2 ** 26;

/** Samples that `--self-test` puts into a module for one model. */
export const maxEmbeddedSamples = 32;

/** Bytes of float32 inputs and outputs that `--self-test` puts into a module for one model: 256 kB. */
export const maxEmbeddedBytes = 256_000;

/**
 * How far a result may be from its expected value: `|a - b| <= tolerance * max(1, |b|)`. Keras' own float32 results are
 * up to 6e-7 from float64 in this measure.
 */
const float32 = 2e-6;

/**
 * The same where weights are bfloat16. Each may be off by 2^-8 of itself; the outputs of the models that Keras recorded are
 * off by up to 9.0e-3 (`test/precision`), and those of a deeper model, or of one whose terms cancel, may be off by more.
 */
const bfloat16 = 2e-2;

/**
 * The same where kernels are int8 and inputs have seven bits: some percent in a stack of a few layers.
 */
const int8 = 5e-2;

const tolerances: Readonly<Record<Precision, number>> = { float32, bfloat16, int8 };

/** The tolerance where none is given. */
export function toleranceFor(precision: Precision = defaultPrecision): number {
  return tolerances[precision];
}

/** Samples on which the error of bfloat16 weights is measured, where none are given. */
export const sampledInputs = 100;

/** Run-time dims of these samples. */
export const sampledDim = 16;

/** Multiply-adds for all of these samples: about a second. Large models get fewer of them, at least one. */
export const maxSampledMultiplyAdds = 1e9;

/** Values of one array of these samples; 64 MiB as float32. */
export const maxSampledValues = 2 ** 24;
