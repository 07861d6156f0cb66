import type { WeightedMapOperation } from "../ir/graph.ts";
import { load } from "../ir/loops.ts";
import { instantiate } from "../ir/rewrite.ts";
import { elementCount } from "../ir/shape.ts";
import { staticSize, type Size } from "../ir/size.ts";
import { axesIndex, axesLoops, joinAxes, nameAxes, rowMajorStrides } from "./axes.ts";
import { applyFunctions } from "./loop-nest.ts";
import type { OperationLowering } from "./lowering.ts";
import { operandStrides, operandValues } from "./weight-operands.ts";

/** A function of each element and of the weights that belong to it. */
export const weightedMap: OperationLowering<WeightedMapOperation> = {
  multiplyAdds: () => staticSize(0),
  readsOnce: true,
  unrolledElements: ({ view }) => elementCount(view),

  loops({ view, weights, body, epilogue }, { inputs: [input], output }) {
    const strides = rowMajorStrides(view);
    const axes = nameAxes(
      joinAxes(
        view.map((size, axis) => ({ size, strides: [strides[axis] as Size, ...operandStrides(weights, axis)] })),
      ),
    );
    const index = axesIndex(axes, 0);
    const locals = new Map([["x", load(input, index)], ...operandValues(weights, axes, 1)]);
    const value = applyFunctions(epilogue, instantiate(body, locals));
    return axesLoops(axes, [{ kind: "store", buffer: output, index, value }]);
  },
};
