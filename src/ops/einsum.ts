import type { EinsumOperation } from "../ir/graph.ts";
import { load, rowMajor, type Value } from "../ir/loops.ts";
import { elementCount } from "../ir/shape.ts";
import { staticSize } from "../ir/size.ts";
import { axesIndex, axesLoops, joinAxesByKind, nameAxes } from "./axes.ts";
import { applyFunctions } from "./loop-nest.ts";
import type { OperationLowering } from "./lowering.ts";

/** Multiplies and adds along the contracted axes, for each place along the others. */
export const einsum: OperationLowering<EinsumOperation> = {
  multiplyAdds: ({ axes }) => elementCount(axes.map(({ size }) => size)),
  readsOnce: false,
  unrolledElements: ({ axes }) => elementCount(axes.map(({ size }) => size)),

  loops(operation, { inputs: [input], output }) {
    const { bias, kernel, epilogue } = operation;
    const [inputArray, kernelArray, biasArray, outputArray] = [0, 1, 2, 3];
    const axes = nameAxes(
      joinAxesByKind(
        // Sums innermost.
        [...operation.axes]
          .sort((a, b) => Number(a.contracted) - Number(b.contracted))
          .map(({ size, contracted, ...strides }) => ({
            size,
            strides: [strides.input, staticSize(strides.kernel), staticSize(strides.bias), strides.output],
            of: contracted,
          })),
      ),
    );
    const kept = axes.filter(({ of }) => !of);
    const summed = axes.filter(({ of }) => of);
    const sum: Value = { kind: "local", name: "sum" };
    const start: Value =
      bias === undefined ? { kind: "const", value: 0 } : load(rowMajor(bias), axesIndex(kept, biasArray));
    const product: Value = {
      kind: "binary",
      operator: "mul",
      left: load(rowMajor(kernel), axesIndex(axes, kernelArray)),
      right: load(input, axesIndex(axes, inputArray)),
    };
    return axesLoops(kept, [
      { kind: "var", name: "sum", value: start },
      ...axesLoops(summed, [{ kind: "add", name: "sum", value: product }]),
      {
        kind: "store",
        buffer: output,
        index: axesIndex(kept, outputArray),
        value: applyFunctions(epilogue, sum),
      },
    ]);
  },
};
