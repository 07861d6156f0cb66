import type { DenseOperation, Int8DenseOperation } from "../ir/graph.ts";
import { addIndex, indexVariable } from "../ir/index-expression.ts";
import { load, rowMajor, type Value } from "../ir/loops.ts";
import { elementCount } from "../ir/shape.ts";
import { multiplySizes, staticSize } from "../ir/size.ts";
import { applyFunctions, loop } from "./loop-nest.ts";
import type { OperationLowering } from "./lowering.ts";

/** Loop variables of a contraction; the tiling pass looks for them. */
export const rowVariable = "row";
export const unitVariable = "unit";
export const innerVariable = "k";

/** The contraction of the last axis: for each row and unit, a dot product started from the bias. */
export const dense: OperationLowering<DenseOperation> = {
  multiplyAdds: (operation) => multiplySizes(rows(operation), staticSize(inputDim(operation) * units(operation))),
  readsOnce: false,
  unrolledElements: (operation) => staticSize(inputDim(operation) * units(operation)),

  loops(operation, { inputs: [input], output }) {
    const inputs = inputDim(operation);
    const outputs = units(operation);
    const unit = indexVariable(unitVariable);
    const k = indexVariable(innerVariable);
    const kernelIndex = addIndex(indexVariable(innerVariable, staticSize(outputs)), unit);
    const inputIndex = addIndex(indexVariable(rowVariable, staticSize(inputs)), k);
    const outputIndex = addIndex(indexVariable(rowVariable, staticSize(outputs)), unit);
    const sum: Value = { kind: "local", name: "sum" };
    const bias: Value =
      operation.bias === undefined ? { kind: "const", value: 0 } : load(rowMajor(operation.bias), unit);

    return loop(
      rowVariable,
      rows(operation),
      loop(unitVariable, staticSize(outputs), [
        { kind: "var", name: "sum", value: bias },
        ...loop(innerVariable, staticSize(inputs), [
          {
            kind: "add",
            name: "sum",
            value: {
              kind: "binary",
              operator: "mul",
              left: load(rowMajor(operation.kernel), kernelIndex),
              right: load(input, inputIndex),
            },
          },
        ]),
        { kind: "store", buffer: output, index: outputIndex, value: applyFunctions(operation.epilogue, sum) },
      ]),
    );
  },
};

/** A contraction of the last axis by a kernel `[inputs, units]`. */
type Contraction = DenseOperation | Int8DenseOperation;

/** The number of vectors along the last axis. */
export function rows(operation: Contraction) {
  return elementCount(operation.inputs[0].shape.slice(0, -1));
}

/** Inputs; of int8 with those that a row is filled up with. */
export function inputDim(operation: Contraction): number {
  return operation.kernel.shape[0] as number;
}

export function units(operation: Contraction): number {
  return operation.kernel.shape[1] as number;
}
