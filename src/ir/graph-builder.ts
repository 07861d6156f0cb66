import type { EinsumOperation, Reduction, Tensor, WeightTensor, WeightedMap } from "./graph.ts";
import type { ScalarFunction } from "./scalar.ts";
import type { Shape } from "./shape.ts";
import type { Size } from "./size.ts";

/** What an einsum is made of. */
export type EinsumContraction = Pick<EinsumOperation, "axes" | "kernel" | "bias">;

/** What a layer or an activation uses to state its operations; made by `lower/` for one layer. */
export interface GraphBuilder {
  dense(input: Tensor, kernel: WeightTensor, bias?: WeightTensor): Tensor;
  elementwise(input: Tensor, scalarFunction: ScalarFunction): Tensor;
  softmax(input: Tensor, axis: number): Tensor;
  sparsemax(input: Tensor, axis: number): Tensor;
  /** Halves the axis. */
  glu(input: Tensor, axis: number): Tensor;
  weightedMap(input: Tensor, map: WeightedMap): Tensor;
  /** `shape` is the output's, which for a statistic has any axes of size 1 that are kept. */
  reduceMap(input: Tensor, reduction: Reduction, shape: Shape): Tensor;
  stridedCopy(input: Tensor, shape: Shape, strides: readonly Size[]): Tensor;
  /** Appends an axis: the width of the table. */
  embedding(input: Tensor, table: WeightTensor): Tensor;
  einsum(input: Tensor, contraction: EinsumContraction, shape: Shape): Tensor;
  reshape(input: Tensor, shape: Shape): Tensor;
}
