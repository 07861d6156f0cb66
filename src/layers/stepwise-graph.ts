import type { Tensor, WeightOperand } from "../ir/graph.ts";
import type { GraphBuilder } from "../ir/graph-builder.ts";
import { elementCount } from "../ir/shape.ts";
import type { Size } from "../ir/size.ts";

/**
 * A builder for a layer that sees one step, over a builder that sees all of them: every operation gets the axis of the
 * steps in front, along which it is repeated with the same weights. Tensors go by their shape without that axis.
 */
export function stepwiseGraph(graph: GraphBuilder, steps: Size): GraphBuilder {
  const whole = (tensor: Tensor): Tensor => ({ ...tensor, shape: [steps, ...tensor.shape] });
  const step = (tensor: Tensor): Tensor => ({ ...tensor, shape: tensor.shape.slice(1) });
  const shared = (weights: readonly WeightOperand[]): readonly WeightOperand[] =>
    weights.map((operand) => ({ ...operand, strides: [0, ...operand.strides] }));
  return {
    dense: (input, kernel, bias) => step(graph.dense(whole(input), kernel, bias)),
    elementwise: (input, scalarFunction) => step(graph.elementwise(whole(input), scalarFunction)),
    softmax: (input, axis) => step(graph.softmax(whole(input), axis + 1)),
    sparsemax: (input, axis) => step(graph.sparsemax(whole(input), axis + 1)),
    glu: (input, axis) => step(graph.glu(whole(input), axis + 1)),
    weightedMap: (input, map) =>
      step(graph.weightedMap(whole(input), { ...map, view: [steps, ...map.view], weights: shared(map.weights) })),
    reduceMap(input, reduction, shape) {
      const { result } = reduction;
      const lifted = {
        ...reduction,
        view: [steps, ...reduction.view],
        axes: reduction.axes.map((axis) => axis + 1),
        result: result.kind === "map" ? { ...result, weights: shared(result.weights) } : result,
      };
      return step(graph.reduceMap(whole(input), lifted, [steps, ...shape]));
    },
    stridedCopy: (input, shape, strides) =>
      step(graph.stridedCopy(whole(input), [steps, ...shape], [elementCount(input.shape), ...strides])),
    embedding: (input, table) => step(graph.embedding(whole(input), table)),
    einsum(input, contraction, shape) {
      const axis = {
        size: steps,
        input: elementCount(input.shape),
        kernel: 0,
        bias: 0,
        output: elementCount(shape),
        contracted: false,
      };
      const lifted = { ...contraction, axes: [axis, ...contraction.axes] };
      return step(graph.einsum(whole(input), lifted, [steps, ...shape]));
    },
    reshape: (input, shape) => step(graph.reshape(whole(input), [steps, ...shape])),
  };
}
