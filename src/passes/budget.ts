/**
 * Where unrolling stops, in one place; `passes/README.md` has the measurements.
 *
 * V8 does not optimise a function above 61,440 bytes of bytecode; straight-line code falls from microseconds to tens of
 * microseconds there. Literals take about 16 bytes a multiply-add, reads at constant indices about 30.
 */
export const budget = {
  /** Straight-line code with literal weights, for a row of a dense layer: 1.6 times as fast as tiled loops up to here. */
  literalMultiplyAdds: 1_024,
  /**
   * Straight-line code that reads its weights from arrays: 1.2 times as fast as tiled loops, up to 1,100 or so; not worth
   * its 28 bytes of code a multiply-add above this.
   */
  arrayMultiplyAdds: 256,
  /** Multiply-adds of all straight-line layers of a model, at some 22 bytes of code each: the file stays readable. */
  modelMultiplyAdds: 8_192,
  /** Elements of an elementwise function or a softmax that are spelt out. */
  elements: 32,
  /** Above these, a forced unroll crosses V8's limit and gets a warning. */
  v8LiteralMultiplyAdds: 3_100,
  v8ArrayMultiplyAdds: 1_550,
  /** Multiply-adds that a forced unroll may spell out in one model, some 22 bytes of code each. */
  longestCode: 500_000,
  /** Parameters in a module: their base64 text must stay well below the longest string of an engine. */
  inlineParameters: 64 * 2 ** 20,
} as const;
