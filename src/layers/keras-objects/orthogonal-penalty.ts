import type { Tensor } from "../../ir/graph.ts";
import { abs, constant, div, local, mul, select, sub } from "../../ir/scalar.ts";
import type { StepBuilder } from "../../ir/step-graph.ts";
import { inverseLength } from "./inverse-length.ts";

interface OrthogonalConfig {
  readonly factor: number;
  readonly mode: "rows" | "columns";
}

/**
 * `factor` times the mean of `|cos|` over all pairs of rows or columns of a matrix. A matrix that has only one gives NaN, as in
 * Keras, which divides by the number of pairs.
 */
export function orthogonalPenalty(graph: StepBuilder, matrix: Tensor, { factor, mode }: OrthogonalConfig): Tensor {
  const [rows, columns] = matrix.shape;
  if (rows === undefined || columns === undefined || matrix.shape.length > 2) throw new Error("a matrix is expected");
  const single = { factor: 1, dims: [] };
  const x = local("x");
  const along = mode === "rows" ? 1 : 0;
  const squares = graph.reduce({ x: matrix }, mul(x, x), { combine: "sum", axes: [along], keep: true });
  const unit = graph.map({ x: matrix, squares }, mul(x, inverseLength(local("squares"))));
  // The products of all pairs of rows, or of columns.
  const pairs =
    mode === "rows"
      ? { a: graph.reshape(unit, [rows, single, columns]), b: graph.reshape(unit, [single, rows, columns]) }
      : { a: graph.reshape(unit, [rows, columns, single]), b: graph.reshape(unit, [rows, single, columns]) };
  const axes = [mode === "rows" ? 2 : 0];
  const product = graph.reduce(pairs, mul(local("a"), local("b")), { combine: "sum", axes });
  const size = (mode === "rows" ? rows : columns).factor;
  const places = Array.from({ length: size }, (_, at) => at);
  const isItself = abs(sub(local("left"), local("right")));
  const operands = { product, left: graph.numbers([size, 1], places), right: graph.numbers([1, size], places) };
  const term = select(isItself, "lt", constant(0.5), constant(0), abs(local("product")));
  const sum = graph.reduce(operands, term, { combine: "sum", axes: [0, 1] });
  const pairCount = (size * (size - 1)) / 2;
  return graph.map({ sum }, div(mul(constant(factor * 0.5), local("sum")), constant(pairCount)));
}
