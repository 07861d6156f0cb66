/** A file that a compilation gives. */
export interface GeneratedFile {
  /** Relative to the folder of the output: `digits.ts`, `digits.weights.safetensors`. */
  readonly name: string;
  readonly content: string | Uint8Array;
}
