import type { ScalarFunction } from "./scalar.ts";
import type { Shape } from "./shape.ts";

/**
 * The tensor graph of one model: operations in single-assignment form. Sequential models give a chain, so an operation
 * reads the tensor before it; `input` names it all the same, for passes that reorder.
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
}

export type Operation = DenseOperation | ElementwiseOperation | SoftmaxOperation | ReshapeOperation;

interface OperationBase {
  readonly input: Tensor;
  readonly output: Tensor;
  /** The layers it computes, first to last: one, until fusion joins some. */
  readonly origins: readonly Origin[];
}

/** Which layer of the source an operation computes, for comments, names and cost tables. */
export interface Origin {
  /** Names from the outermost model inward: `["encoder", "dense"]`. */
  readonly path: readonly string[];
  /** `Dense [64] -> [64], relu` */
  readonly description: string;
}

/** `output[..., n] = epilogue(bias[n] + sum over k of input[..., k] * kernel[k, n])` */
export interface DenseOperation extends OperationBase {
  readonly kind: "dense";
  /** `[input_dim, units]` */
  readonly kernel: WeightTensor;
  /** `[units]` */
  readonly bias?: WeightTensor;
  /** Elementwise functions applied to each output in turn; empty until fusion. */
  readonly epilogue: readonly ScalarFunction[];
}

/** `output[i] = functions(input[i])`, applied in turn; none of them is a copy. */
export interface ElementwiseOperation extends OperationBase {
  readonly kind: "elementwise";
  readonly functions: readonly ScalarFunction[];
}

/** `exp(x - max) / sum(exp(x - max))` along `axis` (counted without the batch axis, not negative). */
export interface SoftmaxOperation extends OperationBase {
  readonly kind: "softmax";
  readonly axis: number;
}

/** The same elements in the same order under another shape. Costs nothing. */
export interface ReshapeOperation extends OperationBase {
  readonly kind: "reshape";
}

/** What a layer or an activation uses to state its operations; made by `lower/` for one layer. */
export interface GraphBuilder {
  dense(input: Tensor, kernel: WeightTensor, bias?: WeightTensor): Tensor;
  elementwise(input: Tensor, scalarFunction: ScalarFunction): Tensor;
  softmax(input: Tensor, axis: number): Tensor;
  reshape(input: Tensor, shape: Shape): Tensor;
}
