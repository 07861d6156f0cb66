/** One trained array, converted to float32. */
export interface WeightArray {
  /** `kernel`; absent where the format only counts a layer's arrays. */
  readonly name?: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float32Array;
  /** The path inside the file, for messages. */
  readonly source: string;
}
