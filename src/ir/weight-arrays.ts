/** The trained arrays of a model: weight path joined with `/` (`encoder/dense/kernel`) to row-major float32 values. */
export type WeightArrays = ReadonlyMap<string, Float32Array>;

/** The key of a weight in `WeightArrays`. Layer names never contain `/`. */
export function weightKey(path: readonly string[]): string {
  return path.join("/");
}

/** What files call the numbers that scale the units of an int8 kernel, as Keras does. */
export function scaleName(kernel: string): string {
  return `${kernel}_scale`;
}
