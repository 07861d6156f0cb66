/** Where unrolling and other things stop, whatever the engine; `engines.ts` has what depends on it. */
export const budget = {
  /** Elements of small operations that all of a model spells out: beyond it all of them are loops. */
  modelElements: 2_048,
  /** Elementwise functions that are joined to one operation: each is a level of brackets in one expression. */
  joinedFunctions: 16,
  /**
   * Values between layers that a batch keeps at once: layer after layer is computed for as many samples as fit, so that
   * they stay in a core's nearer caches together with the weights of one layer.
   */
  chunk: { bytes: 128 * 1_024, samples: 16, multiple: 2 },
  /** Layers with less of a model's multiply-adds have no code for two rows at once, which would gain a fifth of their time. */
  pairedRowsShare: 1 / 16,
  /** Multiply-adds that a forced unroll may spell out in one file, some 22 bytes of code each; see `code-size.ts`. */
  longestCode: 500_000,
  /** Layers in a module, each some 2 kB of code and types and 5 ms of a build. */
  moduleLayers: 2_000,
  /** Parameters in a module: their base64 text must stay well below the longest string of an engine. */
  inlineParameters: 64 * 2 ** 20,
} as const;
