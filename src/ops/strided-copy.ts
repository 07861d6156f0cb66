import type { StridedCopyOperation } from "../ir/graph.ts";
import { load } from "../ir/loops.ts";
import { elementCount } from "../ir/shape.ts";
import { staticSize, type Size } from "../ir/size.ts";
import { axesIndex, axesLoops, joinAxes, nameAxes, rowMajorStrides } from "./axes.ts";
import type { OperationLowering } from "./lowering.ts";

/** The input's elements in another order, or repeated. */
export const stridedCopy: OperationLowering<StridedCopyOperation> = {
  multiplyAdds: () => staticSize(0),
  readsOnce: true,
  unrolledElements: (operation) => elementCount(operation.output.shape),

  loops(operation, { inputs: [input], output }) {
    const { shape } = operation.output;
    const own = rowMajorStrides(shape);
    const axes = nameAxes(
      joinAxes(shape.map((size, axis) => ({ size, strides: [own[axis] as Size, operation.strides[axis] as Size] }))),
    );
    const value = load(input, axesIndex(axes, 1));
    return axesLoops(axes, [{ kind: "store", buffer: output, index: axesIndex(axes, 0), value }]);
  },
};
