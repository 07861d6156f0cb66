/**
 * What a model may measure. The limits keep absurd files from exhausting memory or time; each has a diagnostic of its
 * own.
 */
export const limits = {
  /** Trained numbers of one model, nested models included (1 GiB of float32). */
  parameters: 2 ** 28,
  /** Layers of one model after expansion, nested models included. */
  layers: 10_000,
  /** Blocks within blocks, `repeat`s within `repeat`s, models within models, each and together. */
  expansionDepth: 64,
  /** Statements expanded for all models of a file together, those that give no layer included. */
  expansionSteps: 250_000,
  /** The size of one axis. */
  axisSize: 2 ** 26,
  /** Axes of a shape, without the batch axis. */
  rank: 16,
  /** Elements of one tensor, run-time dims counted as 1 (1 GiB of float32). */
  tensorElements: 2 ** 28,
} as const;
