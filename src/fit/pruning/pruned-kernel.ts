/** An array of weights of which a contraction multiplies its inputs with some for each unit: what is pruned. */
export interface PrunedKernel {
  /** As in `WeightArrays`: `encoder/dense/kernel`. */
  readonly key: string;
  /** The path of its layer: `encoder/dense`. */
  readonly layer: string;
  /** Of the array; `product(axes) = inputs * units * repeats`. */
  readonly size: number;
  /** The axes that are summed over. */
  readonly inputs: readonly KernelAxis[];
  /** Those that only the outputs have. */
  readonly units: readonly KernelAxis[];
  /** Those that inputs and outputs have: along them the kernel is a matrix each. */
  readonly repeats: readonly KernelAxis[];
}

export interface KernelAxis {
  readonly size: number;
  /** Elements of the array from one place to the next. */
  readonly stride: number;
}

/** Inputs by units: weights that are pruned together. */
export interface BlockShape {
  readonly inputs: number;
  readonly units: number;
}

/** Each weight by itself. */
export const single: BlockShape = { inputs: 1, units: 1 };
