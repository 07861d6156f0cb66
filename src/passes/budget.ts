/**
 * Where unrolling stops, in one place; `passes/README.md` has the measurements.
 *
 * V8 does not optimise a function above 61,440 bytes of bytecode; straight-line code falls from microseconds to tens of
 * microseconds there. Literals take about 16 bytes a multiply-add, reads at constant indices about 30.
 */
export const budget = {
  /** Straight-line code with literal weights, for a row of a dense layer: 1.5 times as fast as tiled loops up to here. */
  literalMultiplyAdds: 1_024,
  /** The same for all layers of a model: at 3,072 its code no longer fits a core's first cache, and nothing is gained. */
  modelLiteralMultiplyAdds: 2_048,
  /** Straight-line code that reads its weights from arrays: 1.25 times as fast as tiled loops up to here. */
  arrayMultiplyAdds: 256,
  /** The same for all layers of a model: two layers of 256 gain a tenth, six of them nothing. */
  modelArrayMultiplyAdds: 512,
  /**
   * Layers that are straight-line in a model whose other layers are not. Larger ones gain less than a tenth of the model's
   * time there, and cost it several times as much in its first calls.
   */
  smallMultiplyAdds: 128,
  /** Elements of an elementwise function or a softmax that are spelt out. */
  elements: 32,
  /** The same for all of a model: beyond it all of them are loops. */
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
  /** Above these, a forced unroll crosses V8's limit and gets a warning. */
  v8LiteralMultiplyAdds: 3_100,
  v8ArrayMultiplyAdds: 1_550,
  /** Multiply-adds that a forced unroll may spell out in one file, some 22 bytes of code each; see `code-size.ts`. */
  longestCode: 500_000,
  /** Layers in a module, each some 2 kB of code and types and 5 ms of a build. */
  moduleLayers: 2_000,
  /** Parameters in a module: their base64 text must stay well below the longest string of an engine. */
  inlineParameters: 64 * 2 ** 20,
} as const;
