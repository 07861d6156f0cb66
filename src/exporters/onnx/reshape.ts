import type { Shape } from "../../ir/shape.ts";
import { isStatic, sizesEqual, type Size } from "../../ir/size.ts";
import { int } from "./onnx-model.ts";
import type { NodeWriter } from "./graph-writer.ts";
import type { GraphInput, ShapedTensor } from "./shaped-tensor.ts";

/** The tensor under another shape, the batch axis first. In a list of sizes 0 stands for the size of the same axis before. */
export function reshapeNodes(tensor: ShapedTensor, shape: Shape, writer: NodeWriter, graphInput: GraphInput): string {
  const sizes = shape.map((size, axis) => {
    if (isStatic(size)) return size.factor;
    const before = tensor.shape[axis];
    return before !== undefined && sizesEqual(before, size) ? 0 : undefined;
  });
  const open = sizes.filter((size) => size === undefined).length;
  if (open <= 1) return writer.reshape(tensor.name, [0, ...sizes.map((size) => size ?? -1)]);
  const parts = sizes.map((size, axis) =>
    size === undefined ? sizeNodes(shape[axis] as Size, writer, graphInput) : writer.integers([size]),
  );
  const list = writer.node("Concat", [writer.integers([0]), ...parts], { axis: int(0) });
  return writer.node("Reshape", [tensor.name, list]);
}

/** A size as a list of one integer, from the run-time shape of the graph's input. */
export function sizeNodes(size: Size, writer: NodeWriter, graphInput: GraphInput): string {
  if (isStatic(size)) return writer.integers([size.factor]);
  const shape = writer.node("Shape", [graphInput.name]);
  return size.dims.reduce<string | undefined>(
    (product, dim) => {
      const axis = graphInput.shape.findIndex(
        ({ factor, dims }) => factor === 1 && dims.length === 1 && dims[0] === dim,
      );
      const extent = writer.node("Gather", [shape, writer.integers([axis + 1])]);
      return product === undefined ? extent : writer.node("Mul", [product, extent]);
    },
    size.factor === 1 ? undefined : writer.integers([size.factor]),
  ) as string;
}
