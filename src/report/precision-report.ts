/** What became of a model's weights under `precision: "bfloat16"`. */
export interface PrecisionReport {
  /** Weights that are stored as bfloat16. */
  readonly rounded: number;
  /** All weights. */
  readonly parameters: number;
  /** What that costs in accuracy; absent where no weight is rounded, none are known, or nothing runs modules. */
  readonly error?: MeasuredError | RefusedSamples;
}

export interface MeasuredError extends PrecisionError {
  readonly kind: "measured";
  readonly samples: number;
  /** Where the samples come from: standard normal numbers (rows for an Embedding), or those of the self-test. */
  readonly inputs: "random" | "self-test";
}

/** The model can't be run on random samples. */
export interface RefusedSamples {
  readonly kind: "refused";
  readonly reason: string;
}

/** How far outputs with rounded weights are from those with float32 weights. */
export interface PrecisionError {
  /** `sqrt(sum (a - b)^2 / sum b^2)` over all outputs. */
  readonly relativeRms: number;
  /** The largest `|a - b| / max(1, |b|)`. */
  readonly maxError: number;
  /** Present where the model ends in a softmax along the last axis. */
  readonly classes?: ClassChanges;
}

/** How often another class is the most likely one. */
export interface ClassChanges {
  readonly changed: number;
  /** Distributions compared: one a sample, or one for each place of a sample. */
  readonly of: number;
}
