/** Samples that a module carries to test itself. */
export interface SelfTest {
  /** The file of the samples, for a comment. */
  readonly sourceName: string;
  /** The default of `|computed - expected| / max(1, |expected|)`. */
  readonly tolerance: number;
  /** At most one per model of the module. */
  readonly models: readonly SelfTestModel[];
}

export interface SelfTestModel {
  /** The model's name. */
  readonly model: string;
  readonly samples: number;
  /** `[samples, ...input shape]` and `[samples, ...output shape]`, row-major. */
  readonly inputs: Float32Array;
  readonly outputs: Float32Array;
  /** The run-time dims of the samples. */
  readonly dims: Readonly<Record<string, number>>;
}

/** The exported names of a self-test; no model may have them. */
export const selfTestNames = { function: "selfTest", report: "SelfTestReport" } as const;
