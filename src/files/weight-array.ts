/** One trained array, converted to float32. */
export interface WeightArray {
  /** `kernel`; absent where the format only counts a layer's arrays. */
  readonly name?: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float32Array;
  /** Whether it is stored as integers of 8 bits, in HDF5: those of a quantised layer. */
  readonly isInteger8?: boolean;
  /** The path inside the file, for messages. */
  readonly source: string;
}
