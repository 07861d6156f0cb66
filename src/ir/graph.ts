import type { Scalar, ScalarFunction } from "./scalar.ts";
import type { Shape } from "./shape.ts";
import type { Size } from "./size.ts";
import type { RoundedPrecision } from "./storage-types.ts";

/**
 * The tensor graph of one model: operations in single-assignment form, each after those whose tensors it reads. Sequential
 * models give a chain; a tensor may be read by several operations all the same.
 */
export interface Graph {
  readonly name: string;
  readonly input: Tensor;
  readonly output: Tensor;
  readonly operations: readonly Operation[];
}

/** A value between operations. Shapes leave out the batch axis. */
export interface Tensor {
  readonly id: number;
  readonly shape: Shape;
}

/** A trained array, named by its path from the model: `["encoder", "dense", "kernel"]`. Row-major. */
export interface WeightTensor {
  readonly path: readonly string[];
  readonly shape: readonly number[];
  /**
   * Present where the compiler knows the array and the model does not have it: a constant of the source, or what a pass
   * has computed from trained arrays.
   */
  readonly values?: Float32Array | Float64Array;
  /** In place of `values`: what loops find their way by. */
  readonly integers?: Int32Array;
  /** Present where a pass has computed `values` from other arrays. */
  readonly computed?: true;
  /** Present where loops read the blocks of a kernel that hold anything but 0, and no others. */
  readonly blocks?: Blocks;
  /** How it is stored, other than as float32: `values` are numbers of that type, those of other arrays become such ones. */
  readonly precision?: RoundedPrecision;
  /** Present for what an int8 kernel is taken apart into (`int8.ts`); a caller brings the kernel, and modules do the same with it. */
  readonly part?: Int8Part;
}

/** A part of a kernel `[inputs, units]` that is stored as int8. */
export interface Int8Part {
  /** `integers`: `[inputs, units]`, rows of zeros behind up to a multiple of 4. `scales` and `sums`: `[units]`. */
  readonly kind: "integers" | "scales" | "sums";
  readonly kernel: WeightTensor;
}

/** The blocks of a kernel `[inputs, units]`, of at least 4 inputs, that hold anything but 0: what loops compute. */
export interface Blocks {
  /**
   * The blocks of 8 units each, in the order in which they are stored: those with fewer blocks first, for a loop that takes as
   * many steps as the one before it is predicted well; the units that are left over at the end of the layer come last.
   */
  readonly panels: readonly BlockPanel[];
  /** Blocks of all panels. */
  readonly count: number;
  /**
   * Integers. For each panel the number of its first block and its first unit, then the number of blocks; then, for each block,
   * its first input (`firstInputAt` of `blocks.ts`).
   */
  readonly index: WeightTensor;
}

export interface BlockPanel {
  /** Its first unit. */
  readonly unit: number;
  /** The number of its first block. */
  readonly first: number;
  /** The first input of each block. */
  readonly inputs: readonly number[];
}

export type Operation =
  | DenseOperation
  | QuantizeRowsOperation
  | Int8DenseOperation
  | ElementwiseOperation
  | WeightedMapOperation
  | ReduceMapOperation
  | SoftmaxOperation
  | SparsemaxOperation
  | GluOperation
  | EmbeddingOperation
  | EinsumOperation
  | StridedCopyOperation
  | ReshapeOperation;

/** What an operation on one tensor reads. */
export type OneInput = readonly [Tensor];

interface OperationBase<Inputs extends readonly Tensor[]> {
  /** What it reads, in the order in which its formula has them. */
  readonly inputs: Inputs;
  readonly output: Tensor;
  /** The layers it computes, first to last: one, until fusion joins some. */
  readonly origins: readonly Origin[];
  /** Layers that are part of its weights: nothing else is left of them. */
  readonly folded?: readonly Origin[];
  /** What it computes, for the comment of its function, where the layer's description does not say it. */
  readonly notes?: readonly string[];
}

/** Which layer of the source an operation computes, for comments, names and cost tables. */
export interface Origin {
  /** Names from the outermost model inward: `["encoder", "dense"]`. */
  readonly path: readonly string[];
  /** `Dense [64] -> [64], relu` */
  readonly description: string;
}

/** `output[..., n] = epilogue(bias[n] + sum over k of input[..., k] * kernel[k, n])` */
export interface DenseOperation extends OperationBase<OneInput> {
  readonly kind: "dense";
  /** `[input_dim, units]` */
  readonly kernel: WeightTensor;
  /** `[units]` */
  readonly bias?: WeightTensor;
  /** Elementwise functions applied to each output in turn; empty until fusion. */
  readonly epilogue: readonly ScalarFunction[];
  /** How many weights of the kernel are known to be 0, where code may leave them out. */
  readonly zeros?: number;
  /** Units of the layer that it does not compute, and why. */
  readonly dropped?: readonly DroppedUnits[];
}

export interface DroppedUnits {
  readonly units: number;
  /** `constant`, `read by nothing` */
  readonly why: string;
}

/**
 * Each row of the input as integers from 0 to 127, zeros up to a multiple of 4, and behind them the row's scale and the integer
 * that stands for 0: `input[k] = scale * (output[k] - zero)`, about.
 */
export interface QuantizeRowsOperation extends OperationBase<OneInput> {
  readonly kind: "quantize-rows";
  /** Whether numbers may be negative; `zero` is 0 otherwise. */
  readonly signed: boolean;
}

/**
 * `output[..., n] = epilogue(scale * scales[n] * (sum over k of input[..., k] * kernel[k, n] - zero * sums[n]) + bias[n])` of rows
 * that `quantize-rows` gives; the sum in integers, everything else in float32.
 */
export interface Int8DenseOperation extends OperationBase<OneInput> {
  readonly kind: "int8-dense";
  /** `[input_dim, units]`, integers from -127 to 127; `input_dim` is a multiple of 4. */
  readonly kernel: WeightTensor;
  /** `[units]` */
  readonly scales: WeightTensor;
  /** `[units]`: of each unit's integers. Absent where `zero` is always 0. */
  readonly sums?: WeightTensor;
  /** `[units]` */
  readonly bias?: WeightTensor;
  /** Elementwise functions applied to each output in turn. */
  readonly epilogue: readonly ScalarFunction[];
}

/** `output[i] = functions(input[i])`, applied in turn; none of them is a copy. */
export interface ElementwiseOperation extends OperationBase<OneInput> {
  readonly kind: "elementwise";
  readonly functions: readonly ScalarFunction[];
}

/** An array that an operation reads beside its input, broadcast along the axes of a view of the input. */
export interface WeightOperand {
  /** The local that stands for its element in scalar expressions: `gamma`. */
  readonly name: string;
  readonly weight: WeightTensor;
  /** For each axis of the view, how far one step moves in the array; 0 where it is broadcast. */
  readonly strides: readonly number[];
}

/** A function of each element and of the elements of arrays at its place. */
export interface WeightedMap {
  /** The axes that `weights` refer to: the input's elements under another shape of the same order. */
  readonly view: Shape;
  readonly weights: readonly WeightOperand[];
  /** The value for the element `x`, with the operands as locals. */
  readonly body: Scalar;
  /** The body for a comment: `gamma * (x - mean)`. */
  readonly formula: string;
}

export interface WeightedMapOperation extends OperationBase<OneInput>, WeightedMap {
  readonly kind: "weighted-map";
  /** Elementwise functions applied to each output in turn; empty until fusion. */
  readonly epilogue: readonly ScalarFunction[];
}

/** One number that is computed for all elements along the reduced axes, a local for what comes after it. */
export type ReductionStep =
  /** The sum, the mean or the maximum of a function of `x` and earlier locals. */
  | { readonly kind: "reduce"; readonly name: string; readonly combine: Combine; readonly term: Scalar }
  /** A function of earlier locals. */
  | { readonly kind: "let"; readonly name: string; readonly value: Scalar };

export type Combine = "sum" | "mean" | "max";

/**
 * Statistics along some axes, and what is made of them: a function of each element, the statistics and weights (the output
 * has the input's elements), or a number for each place along the other axes (the reduced axes are gone).
 */
export interface Reduction {
  /** The axes that `axes` and `weights` refer to: the input's elements under another shape of the same order. */
  readonly view: Shape;
  readonly axes: readonly number[];
  readonly steps: readonly ReductionStep[];
  readonly result:
    | { readonly kind: "map"; readonly weights: readonly WeightOperand[]; readonly body: Scalar }
    | { readonly kind: "statistic"; readonly value: Scalar };
  /** For a comment, one line each: `mean = sum(x) / n`. */
  readonly formulas: readonly string[];
}

export interface ReduceMapOperation extends OperationBase<OneInput>, Reduction {
  readonly kind: "reduce-map";
  /** Elementwise functions applied to each output in turn; empty until fusion. */
  readonly epilogue: readonly ScalarFunction[];
}

/** `output[i, j, ...] = input[i * strides[0] + j * strides[1] + ...]` over the axes of the output. */
export interface StridedCopyOperation extends OperationBase<OneInput> {
  readonly kind: "strided-copy";
  /** For each axis of the output; 0 repeats an element. */
  readonly strides: readonly Size[];
}

/** `output[..., :] = table[input[...], :]`; an input that is no row of the table is a RangeError at run time. */
export interface EmbeddingOperation extends OperationBase<OneInput> {
  readonly kind: "embedding";
  /** `[rows, width]` */
  readonly table: WeightTensor;
}

/** `a * sigmoid(b)` with the halves `a` and `b` of `axis` (counted without the batch axis, not negative). */
export interface GluOperation extends OperationBase<OneInput> {
  readonly kind: "glu";
  readonly axis: number;
}

/** `max(x - tau, 0)` along `axis`, with Keras' threshold tau (see `ops/sparsemax.ts`). */
export interface SparsemaxOperation extends OperationBase<OneInput> {
  readonly kind: "sparsemax";
  readonly axis: number;
}

/** An axis of an einsum and how far one step moves in each array; 0 where an array lacks it. */
export interface EinsumAxis {
  readonly size: Size;
  readonly input: Size;
  readonly kernel: number;
  readonly bias: number;
  readonly output: Size;
  /** Summed over; the output lacks it. */
  readonly contracted: boolean;
}

/** `output = bias + sum over the contracted axes of input * kernel`, each indexed by some of the axes. */
export interface EinsumOperation extends OperationBase<OneInput> {
  readonly kind: "einsum";
  readonly axes: readonly EinsumAxis[];
  readonly kernel: WeightTensor;
  readonly bias?: WeightTensor;
  /** Elementwise functions applied to each output in turn; empty until fusion. */
  readonly epilogue: readonly ScalarFunction[];
}

/** `exp(x - max) / sum(exp(x - max))` along `axis` (counted without the batch axis, not negative). */
export interface SoftmaxOperation extends OperationBase<OneInput> {
  readonly kind: "softmax";
  readonly axis: number;
}

/** The same elements in the same order under another shape. Costs nothing. */
export interface ReshapeOperation extends OperationBase<OneInput> {
  readonly kind: "reshape";
}
