import { isStaticShape } from "../../../ir/shape.ts";
import { one, sizesEqual, type Size } from "../../../ir/size.ts";
import { rowMajorStrides } from "../../../ops/axes.ts";
import { int, ints } from "../onnx-model.ts";
import { sizeNodes } from "../reshape.ts";
import type { Emit } from "./emit.ts";

/** Axes in another order are a Transpose, axes that repeat elements an Expand. */
export const stridedCopy: Emit<"strided-copy"> = ({ output, strides }, { tensor, writer, graphInput }) => {
  const own = rowMajorStrides(tensor.shape);
  const open = new Set(tensor.shape.keys());
  const repeats: number[] = [];
  const order: number[] = [];
  strides.forEach((stride, axis) => {
    const extent = output.shape[axis] as Size;
    const source = [...open].find(
      (at) => sizesEqual(own[at] as Size, stride) && sizesEqual(tensor.shape[at] as Size, extent),
    );
    if (source === undefined && stride.factor === 0) repeats.push(axis);
    else if (source === undefined) throw new Error("a copy that is neither a permutation nor a repetition");
    else {
      open.delete(source);
      order.push(source);
    }
  });
  const places = [0, ...order.map((axis) => axis + 1)];
  const inOrder = places.every((place, at) => place === at);
  const permuted = inOrder ? tensor.name : writer.node("Transpose", [tensor.name], { perm: ints(places) });
  if (repeats.length === 0) return permuted;

  const widened = writer.node("Unsqueeze", [permuted, writer.integers(repeats.map((axis) => axis + 1))]);
  const counts = output.shape.map((size, axis) => (repeats.includes(axis) ? size : one));
  // Expanding by 1 leaves a size as it is.
  const sizes = isStaticShape(counts)
    ? writer.integers([1, ...counts.map(({ factor }) => factor)])
    : writer.node("Concat", [writer.integers([1]), ...counts.map((size) => sizeNodes(size, writer, graphInput))], {
        axis: int(0),
      });
  return writer.node("Expand", [widened, sizes]);
};
