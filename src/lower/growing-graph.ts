import type { Operation, Origin, Tensor } from "../ir/graph.ts";
import type { GraphBuilder } from "../ir/graph-builder.ts";
import type { Shape } from "../ir/shape.ts";
import { staticSize } from "../ir/size.ts";

/** A graph as it grows: its operations so far, and what appends to them. */
export class GrowingGraph {
  readonly operations: Operation[] = [];
  #tensors = 0;

  /** A new value. */
  tensor(shape: Shape): Tensor {
    return { id: this.#tensors++, shape };
  }

  /** What the layer of the origin appends its operations with. */
  builder(origin: Origin): GraphBuilder {
    const tensor = (shape: Shape): Tensor => this.tensor(shape);
    const append = (operation: Operation): Tensor => {
      this.operations.push(operation);
      return operation.output;
    };
    const origins = [origin];
    return {
      dense(input, kernel, bias) {
        const units = { factor: kernel.shape[1] as number, dims: [] };
        const output = tensor([...input.shape.slice(0, -1), units]);
        const optional = bias === undefined ? {} : { bias };
        return append({ kind: "dense", inputs: [input], output, kernel, ...optional, epilogue: [], origins });
      },
      elementwise: (input, scalarFunction) =>
        append({
          kind: "elementwise",
          inputs: [input],
          output: tensor(input.shape),
          functions: [scalarFunction],
          origins,
        }),
      softmax: (input, axis) =>
        append({ kind: "softmax", inputs: [input], output: tensor(input.shape), axis, origins }),
      sparsemax: (input, axis) =>
        append({ kind: "sparsemax", inputs: [input], output: tensor(input.shape), axis, origins }),
      glu(input, axis) {
        const shape = input.shape.map((size, at) => (at === axis ? { ...size, factor: size.factor / 2 } : size));
        return append({ kind: "glu", inputs: [input], output: tensor(shape), axis, origins });
      },
      weightedMap(input, { view, weights, body, formula }) {
        const map = { view, weights, body, formula, epilogue: [], notes: [formula] };
        return append({ kind: "weighted-map", inputs: [input], output: tensor(input.shape), ...map, origins });
      },
      reduceMap(input, { view, axes, steps, result, formulas }, shape) {
        const reduction = { view, axes, steps, result, formulas, epilogue: [], notes: formulas };
        return append({ kind: "reduce-map", inputs: [input], output: tensor(shape), ...reduction, origins });
      },
      stridedCopy: (input, shape, strides) =>
        append({ kind: "strided-copy", inputs: [input], output: tensor(shape), strides, origins }),
      embedding(input, table) {
        const output = tensor([...input.shape, staticSize(table.shape[1] as number)]);
        return append({ kind: "embedding", inputs: [input], output, table, origins });
      },
      einsum: (input, { axes, kernel, bias }, shape) =>
        append({
          kind: "einsum",
          inputs: [input],
          output: tensor(shape),
          axes,
          kernel,
          ...(bias === undefined ? {} : { bias }),
          epilogue: [],
          origins,
        }),
      reshape: (input, shape) => append({ kind: "reshape", inputs: [input], output: tensor(shape), origins }),
    };
  }
}
