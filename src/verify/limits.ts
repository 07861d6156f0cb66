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
export const defaultTolerance = 2e-6;
